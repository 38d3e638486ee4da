import { expect, it } from 'vitest';
import type { ReadyPart, Session } from '../vocabulary.ts';
import { createKnownUploads, type RegionUpload } from './known-uploads.ts';

const signed = (url: string): readonly ReadyPart[] => [
  { partNumber: 1, request: { method: 'PUT', url, headers: {}, expiresAt: 0 } },
];

function upload(id: string, region: string): RegionUpload {
  const session: Session = { kind: 'multipart', key: id, token: `${id} ${region}`, partSize: 1 };
  return { id, size: 1, session, region, left: [], why: 'server', stored: 0 };
}

it('still finds an upload that moved once the one in its first region is forgotten: both have the same path', () => {
  const known = createKnownUploads();
  const [before, now] = [upload('film', 'eu'), upload('film', 'us')];
  for (const one of [before, now]) {
    known.keep(one);
    known.signed(one.session, signed(`https://bucket.${one.region}.test/film?partNumber=1`));
  }
  // A page may upload for days.
  for (let count = 0; count < 1_999; count += 1) known.keep(upload(`photo ${count}`, 'eu'));
  expect(known.of(before.session)).toBeUndefined();
  expect(known.at('https://bucket.us.test/film?partNumber=2')).toBe(now);
});
