import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeCrc64nvme } from './checksums.ts';
import { crc64nvme, joinCrc64nvme } from './crc64nvme.ts';

const text = (value: string) => new TextEncoder().encode(value);

it('gives the check value of the catalogue of CRCs', () => {
  // https://reveng.sourceforge.io/crc-catalogue/all.htm#crc.cat.crc-64-nvme
  expect(crc64nvme(text('123456789'))).toBe(0xae8b14860a799888n);
  expect(crc64nvme(new Uint8Array())).toBe(0n);
});

it("gives the values of the NVM Express specification's examples", () => {
  expect(crc64nvme(new Uint8Array(4096))).toBe(0x6482d367eb22b64en);
  expect(crc64nvme(new Uint8Array(4096).fill(0xff))).toBe(0xc0ddba7302eca3acn);
  expect(crc64nvme(Uint8Array.from({ length: 4096 }, (_, i) => i & 255))).toBe(0x3e729f5f6750449cn);
});

it('is written as S3 writes it', () => {
  expect(encodeCrc64nvme(0n)).toBe('AAAAAAAAAAA=');
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (crc) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64BE(crc);
      return encodeCrc64nvme(crc) === bytes.toString('base64');
    }),
  );
});

it('goes on from an earlier checksum, and joins those of parts of any length', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }), (parts) => {
      const whole = crc64nvme(Buffer.concat(parts));
      let running = 0n;
      for (const part of parts) running = crc64nvme(part, running);
      const joined = joinCrc64nvme(parts.map((part) => ({ checksum: crc64nvme(part), length: part.length })));
      return running === whole && joined === whole;
    }),
  );
});

it('joins 10,000 parts of 8 MiB as if their bytes had been read', () => {
  const zeros = { checksum: crc64nvme(new Uint8Array(8 * 1024 * 1024)), length: 8 * 1024 * 1024 };
  // Squaring: 2ⁿ equal parts joined pairwise must give what joining them one by one gives.
  let [pairwise, length] = [zeros.checksum, zeros.length];
  for (let i = 0; i < 13; i += 1) {
    pairwise = joinCrc64nvme([
      { checksum: pairwise, length },
      { checksum: pairwise, length },
    ]);
    length *= 2;
  }
  expect(joinCrc64nvme(new Array(8192).fill(zeros))).toBe(pairwise);
});
