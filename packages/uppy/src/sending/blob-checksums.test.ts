import { crc64nvme } from '@portage/engine/crc64nvme';
import { expect, it } from 'vitest';
import { createBlobChecksums } from './blob-checksums.ts';

const bytes = Uint8Array.from({ length: 1_000_000 }, (_, index) => (index * 31) & 255);
/** In milliseconds. */
const TIMEOUT: [number, number] = [20, 160];

/** A blob. `hang` may hold back the end of each of its streams, as Chromium does now and then. */
function hangingBlob(hang: (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => ReadableStream): Blob {
  const blob = new Blob([bytes]);
  const { slice } = blob;
  const wrap = (inner: Blob): Blob => {
    const { stream } = inner;
    return Object.assign(inner, { stream: () => hang(stream.call(inner)) });
  };
  return Object.assign(wrap(blob), { slice: (...range: [number]) => wrap(slice.apply(blob, range)) });
}

/** Hands out `most` bytes of `stream`, and then nothing more, not even its end. */
function silentAfter(stream: ReadableStream<Uint8Array<ArrayBuffer>>, most: number): ReadableStream {
  const reader = stream.getReader();
  let left = most;
  return new ReadableStream({
    type: 'bytes',
    async pull(controller) {
      if (left === 0) return new Promise(() => {});
      const { value } = await reader.read();
      const piece = value?.slice(0, left) ?? new Uint8Array(0);
      left -= piece.byteLength;
      controller.enqueue(piece);
    },
  });
}

it('reads on where a stream fell silent', async () => {
  let streams = 0;
  const blob = hangingBlob((stream) => {
    streams += 1;
    return streams <= 3 ? silentAfter(stream, 100_001) : stream;
  });
  const checksum = await createBlobChecksums(TIMEOUT).of(blob, 'CRC64NVME');
  expect(checksum).toEqual({ ok: true, value: crc64nvme(bytes) });
  expect(streams).toBe(4);
});

it('goes on with the next part while one that was stopped hangs', async () => {
  const checksums = createBlobChecksums(TIMEOUT);
  const stopping = new AbortController();
  const hanging = checksums.of(
    hangingBlob((stream) => silentAfter(stream, 1_000)),
    'CRC64NVME',
    stopping.signal,
  );
  const next = checksums.of(new Blob([bytes]), 'CRC64NVME');
  stopping.abort();
  expect(await hanging).toMatchObject({ ok: false });
  expect(await next).toEqual({ ok: true, value: crc64nvme(bytes) });
});

it('gives up on a file that gives no bytes', async () => {
  let streams = 0;
  const blob = hangingBlob((stream) => {
    streams += 1;
    return silentAfter(stream, 0);
  });
  expect(await createBlobChecksums(TIMEOUT).of(blob, 'MD5')).toMatchObject({
    ok: false,
    failure: { kind: 'unreadable' },
  });
  // After 20, 40, 80 and 160 ms.
  expect(streams).toBe(4);
});

it('fails where a file gives fewer bytes than it has, as Firefox does with one that was cut short', async () => {
  const blob = new Blob([bytes]);
  const short = Object.assign(blob, { stream: () => new Blob([bytes.subarray(0, 300_000)]).stream() });
  expect(await createBlobChecksums(TIMEOUT).of(short, 'CRC64NVME')).toMatchObject({
    ok: false,
    failure: { kind: 'unreadable' },
  });
});

it('reads again where a read has failed for no reason', async () => {
  let streams = 0;
  const blob = hangingBlob((stream) => {
    streams += 1;
    return streams === 1
      ? new ReadableStream({ type: 'bytes', pull: (it) => it.error(new TypeError('busy')) })
      : stream;
  });
  expect(await createBlobChecksums(TIMEOUT).of(blob, 'CRC64NVME')).toEqual({ ok: true, value: crc64nvme(bytes) });
});

/** Of a million bytes. */
const UNEQUAL = [300_000, 400_000, 300_000];

it('computes the checksums of all parts in one read', async () => {
  const checksums = createBlobChecksums(TIMEOUT);
  const { signal } = new AbortController();
  const all = await checksums.ofParts(new Blob([bytes]), UNEQUAL, 'CRC64NVME', signal);
  const parts = [0, 300_000, 700_000].map((start, index) =>
    crc64nvme(bytes.subarray(start, start + (UNEQUAL[index] ?? 0))),
  );
  expect(all).toEqual({ ok: true, value: parts });
  const halves = await checksums.ofParts(new Blob([bytes]), [500_000, 500_000], 'CRC64NVME', signal);
  expect(halves.ok && halves.value).toHaveLength(2);
  expect(await checksums.ofParts(new Blob([]), [0], 'CRC64NVME', signal)).toEqual({ ok: true, value: [0n] });
});

it('says that a file has changed which has become longer or shorter, as Firefox reads it', async () => {
  const checksums = createBlobChecksums(TIMEOUT);
  const { signal } = new AbortController();
  for (const now of [new Uint8Array(1_000_001), bytes.subarray(1)]) {
    const file = Object.assign(new Blob([bytes]), { stream: () => new Blob([now]).stream() });
    expect(await checksums.ofParts(file, UNEQUAL, 'CRC64NVME', signal)).toMatchObject({
      ok: false,
      failure: { kind: 'changed' },
    });
  }
});

it('takes samples, and says what a browser says of a file that has changed', async () => {
  const checksums = createBlobChecksums(TIMEOUT);
  const ranges = [
    [10, 20],
    [500_000, 600_000],
  ] as const;
  const expected = crc64nvme(bytes.subarray(500_000, 600_000), crc64nvme(bytes.subarray(10, 20)));
  expect(await checksums.sample(new Blob([bytes]), ranges)).toEqual({ ok: true, value: expected });
  const arrayBuffer = async () => Promise.reject(new DOMException('It has changed.', 'NotReadableError'));
  const changed = Object.assign(new Blob([bytes]), { slice: () => Object.assign(new Blob(['a']), { arrayBuffer }) });
  expect(await checksums.sample(changed, ranges)).toMatchObject({ ok: false, failure: { kind: 'changed' } });
});

it('asks for all samples at once: each is a way to another process and back', async () => {
  const bytes = new Uint8Array(100).map((_, index) => index);
  const waiting: (() => void)[] = [];
  const slow = (start: number, end: number) => ({
    arrayBuffer: () => new Promise((resolve) => waiting.push(() => resolve(bytes.slice(start, end).buffer))),
  });
  const file = { size: 100, slice: slow } as unknown as Blob;
  const sampled = createBlobChecksums(TIMEOUT).sample(file, [
    [0, 10],
    [20, 30],
  ]);
  expect(waiting).toHaveLength(2);
  // In the file's order, whichever comes first.
  for (const answer of waiting.reverse()) answer();
  const expected = crc64nvme(new Uint8Array([...bytes.subarray(0, 10), ...bytes.subarray(20, 30)]));
  expect(await sampled).toEqual({ ok: true, value: expected });
});

it('takes samples again where a busy browser fails a read of a file that is well', async () => {
  const blob = new Blob([bytes]);
  let reads = 0;
  const slice = (...range: [number, number?]) => {
    reads += 1;
    const inner = Blob.prototype.slice.apply(blob, range);
    const arrayBuffer = async () => Promise.reject(new DOMException('Not now.', 'NotReadableError'));
    return reads === 1 ? Object.assign(inner, { arrayBuffer }) : inner;
  };
  const file = Object.assign(new Blob([bytes]), { slice });
  const sample = await createBlobChecksums(TIMEOUT).sample(file, [[10, 20]]);
  expect(sample).toEqual({ ok: true, value: crc64nvme(bytes.subarray(10, 20)) });
});

it('reads a blob that has no stream, as that of jsdom', async () => {
  const withoutStream = (blob: Blob): Blob =>
    Object.assign(blob, {
      stream: undefined,
      slice: (...range: [number]) => withoutStream(Blob.prototype.slice.apply(blob, range)),
    });
  const blob = withoutStream(new Blob([bytes]));
  expect(await createBlobChecksums(TIMEOUT).of(blob, 'CRC64NVME')).toEqual({ ok: true, value: crc64nvme(bytes) });
});
