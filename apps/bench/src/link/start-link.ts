import { startKernelLink, whyNoKernelLink } from './kernel-link.ts';
import type { Link, LinkKind } from './link.ts';
import { startUserLink } from './user-link.ts';

/** The kind that is asked for, or else the better one that this machine can have. Throws where it cannot have it. */
export async function startLink(wanted: LinkKind | undefined, log: (line: string) => void): Promise<Link> {
  if (wanted === 'user-space') return startUserLink();
  const reason = whyNoKernelLink();
  if (reason === undefined) return startKernelLink();
  if (wanted === 'kernel') throw new Error(`No link through the kernel here: ${reason}. Take --link user-space.`);
  log(`No link through the kernel: ${reason}. Bytes go through a proxy in user space instead.`);
  return startUserLink();
}
