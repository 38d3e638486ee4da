import { InvalidFaults } from '../faults/faults.ts';

/** Most bytes of a body. */
const MAX_BODY = 1024 * 1024;

/** Reads a JSON body. @throws {InvalidFaults} If it is none, or beyond 1 MiB. */
export async function readJson(incoming: AsyncIterable<Buffer>): Promise<unknown> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of incoming) {
    size += piece.length;
    if (size > MAX_BODY) throw new InvalidFaults(`The body is larger than ${MAX_BODY} bytes.`);
    pieces.push(piece);
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'));
  } catch {
    throw new InvalidFaults('The body is no JSON.');
  }
}
