/**
 * Looks into a file before it is sent, as the upload server will once it is stored: by the same table, which is loaded for
 * routes that take certain types only.
 */
import type { Failure } from '@portage/engine';
import { createAccepts, hintOfTypes, judgeContent, unpacked } from '@portage/protocol/formats';

/** Why the server will not take this file; undefined where it will, or where nobody can tell yet. */
export async function refusalOf(
  file: Blob,
  named: { name: string; type: string },
  accept: readonly string[],
  isPacked = false,
): Promise<Failure | undefined> {
  const read = async (start: number, end: number) => new Uint8Array(await file.slice(start, end).arrayBuffer());
  try {
    const accepts = createAccepts(accept);
    // The server has taken the name, perhaps without what cannot be shown in it.
    if (!accepts.claim(named)) return undefined;
    const sent = { size: file.size, read };
    const content = isPacked ? await unpacked(sent) : sent;
    if (!content) return undefined;
    const { fits, message } = await judgeContent(content, named, accepts);
    if (fits) return undefined;
    return { kind: 'server', status: 415, code: 'type-refused', message, hint: hintOfTypes(accept) };
  } catch {
    // A file that cannot be read is told when it is sent; a pattern of a newer server is that server's to judge.
    return undefined;
  }
}
