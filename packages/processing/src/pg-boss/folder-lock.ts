/// <reference path="./fs-native-extensions.d.ts" />
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { tryLock, unlock } from 'fs-native-extensions';
import { ProcessingError } from '../errors.ts';

/**
 * Takes a folder for this process alone. The lock is the operating system's: it ends with the process, however that ends.
 * @returns what gives the folder back.
 * @throws ProcessingError `folder-in-use`.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, 'lock'), 'a+');
  if (!tryLock(file)) {
    closeSync(file);
    throw new ProcessingError(
      'folder-in-use',
      `The queue in ${folder} belongs to another process, and two on one folder would lose jobs. ` +
        'Stop the other one, name another folder, or have both use one PostgreSQL: postgresQueue({ url }).',
    );
  }
  return () => {
    unlock(file);
    closeSync(file);
  };
}
