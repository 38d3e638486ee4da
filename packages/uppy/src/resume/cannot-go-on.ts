import type { Failure } from '@portage/engine';

/** Whether the upload cannot go on, in the words of those who know it. */
export function cannotGoOn(failure: Failure): boolean {
  if (failure.kind === 'moved') return true;
  if (failure.kind === 'store') return ['NoSuchUpload', 'NoSuchKey'].includes(failure.code ?? '');
  if (failure.kind !== 'server' || failure.code.startsWith('http-')) return false;
  // Who is not signed in, or asks too often, may go on later.
  if (failure.code === 'unauthorized') return false;
  return failure.status >= 400 && failure.status < 500 && ![401, 408, 429].includes(failure.status);
}
