import { connect } from 'node:net';
import type { ScannedFile } from '@portage/server';

/**
 * Streams a file to a running `clamd`; says what it found. In its configuration, raise `StreamMaxLength`, `MaxFileSize` and
 * `MaxScanSize` to your largest file, and set `AlertExceedsMax yes`: what it has looked at in part only is not clean.
 * @throws where clamd does not answer, or did not look at the whole file: then nobody is told of the file.
 */
export async function scanWithClamd(
  file: Pick<ScannedFile, 'read'>,
  address: { path: string } | { host: string; port: number },
): Promise<string | undefined> {
  const socket = connect(address);
  let answer = '';
  socket.setEncoding('utf8').on('data', (text) => {
    answer += text;
  });
  // It closes in the middle of a file that is too long, which breaks what is being written; what it said counts.
  let failure: Error | undefined;
  socket.on('error', (error) => {
    failure = error;
  });
  const heard = (event: string) => new Promise<void>((resolve) => socket.once(event, () => resolve()));
  const ended = heard('close');
  try {
    await Promise.race([heard('connect'), ended]);
    socket.write('zINSTREAM\0');
    for await (const bytes of file.read()) {
      // It answers and closes as soon as it has seen enough.
      if (answer !== '' || !socket.writable) break;
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      socket.write(length);
      if (!socket.write(bytes)) await Promise.race([heard('drain'), ended]);
    }
    if (socket.writable) socket.write(Buffer.alloc(4));
    await ended;
  } finally {
    socket.destroy();
  }
  const [, found] = /^stream: (.+) FOUND\0$/.exec(answer) ?? [];
  if (found !== undefined) return found;
  if (answer === 'stream: OK\0') return undefined;
  const why = answer.replaceAll('\0', '') || 'it said nothing';
  throw new Error(`clamd did not look at the file: ${why}`, { cause: failure });
}
