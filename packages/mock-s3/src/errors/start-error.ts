import { FolderInUse } from '../store/folder-lock.ts';
import { FolderNotOwn } from '../store/own-folder.ts';

/** Why a store could not start. */
export type MockS3StartErrorCode =
  | 'port-taken'
  | 'address-unusable'
  | 'data-dir-unusable'
  | 'data-dir-in-use'
  | 'data-dir-not-own'
  | 'invalid-option'
  | 'production';

/** The store could not start; the message says why, and what to do. */
export class MockS3StartError extends Error {
  override readonly name = 'MockS3StartError';
  readonly code: MockS3StartErrorCode;

  constructor(code: MockS3StartErrorCode, message: string, options?: { readonly cause: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** Says in words why listening failed. */
export function listenError(cause: unknown, host: string, port: number): MockS3StartError {
  const code = codeOf(cause);
  if (code === 'EADDRINUSE') {
    const message = `Port ${port} on ${host} is taken. Choose another port, or 0 for a free one.`;
    return new MockS3StartError('port-taken', message, { cause });
  }
  const message = `Can not listen on ${host}, port ${port} (${code ?? String(cause)}). Choose another address or port.`;
  return new MockS3StartError('address-unusable', message, { cause });
}

/** Says in words why the data folder can not be used. */
export function dataDirError(cause: unknown, dataDir: string): MockS3StartError {
  if (cause instanceof FolderInUse) {
    const message = `The data folder ${dataDir} is taken: ${cause.message}. Choose another folder.`;
    return new MockS3StartError('data-dir-in-use', message, { cause });
  }
  if (cause instanceof FolderNotOwn) {
    const message = `The data folder ${dataDir} is not this store's: ${cause.message}. Nothing in it was touched. Choose an empty folder.`;
    return new MockS3StartError('data-dir-not-own', message, { cause });
  }
  const reason = codeOf(cause) ?? (cause instanceof Error ? cause.message : String(cause));
  const message = `The data folder ${dataDir} can not be used (${reason}). Choose a folder that this user may write.`;
  return new MockS3StartError('data-dir-unusable', message, { cause });
}

function codeOf(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
}
