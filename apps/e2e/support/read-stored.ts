import type { Backend } from '@portage/mock-backend';
import { s3 } from '@portage/server';
import { expect } from './fixtures.ts';

/** What somebody gets who loads the one stored object of this name. */
export async function readStored(
  { s3Endpoint: endpoint, bucket, region, accessKeyId, secretAccessKey, store }: Backend,
  name: string,
): Promise<Buffer> {
  const keys = store.objects(bucket).flatMap(({ key }) => (key.endsWith(`/${name}`) ? [key] : []));
  expect(keys, name).toHaveLength(1);
  const storage = s3({ endpoint, bucket, region, credentials: { accessKeyId, secretAccessKey } });
  const answer = await fetch(await storage.signGet({ key: keys[0] ?? '', lifetime: 60 }));
  return Buffer.from(await answer.arrayBuffer());
}
