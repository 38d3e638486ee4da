// The bytes of the crowd's files: views of one pool, each file from an offset of its own. The pool's length is a prime, so
// parts of one file differ, and a part or a file in another's place is found.
import { createCipheriv, createHash } from 'node:crypto';

const LENGTH = 4_194_301;
const POOL = createCipheriv('aes-128-ctr', Buffer.alloc(16, 7), Buffer.alloc(16)).update(Buffer.alloc(LENGTH));
const PIECE = 64 * 1024;

/** Pieces of file `id` from `start` up to `end`, without a copy. */
export function* bytesOf({ id, start, end }) {
  for (let at = start; at < end; ) {
    const from = (id * 7_919 + at) % LENGTH;
    const length = Math.min(PIECE, end - at, LENGTH - from);
    yield POOL.subarray(from, from + length);
    at += length;
  }
}

export function sha256Of(id, size) {
  const hash = createHash('sha256');
  for (const piece of bytesOf({ id, start: 0, end: size })) hash.update(piece);
  return hash.digest('hex');
}
