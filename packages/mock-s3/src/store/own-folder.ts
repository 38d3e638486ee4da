import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { type Credentials, randomCredentials } from '../auth/credentials.ts';
import { readRecord } from './record-files.ts';

/** Says that a folder is a mock S3's own: nothing in any other one is read, changed or deleted. */
const MARK = 'mock-s3.json';

/** What keeps no folder from being empty: marks of editors and version control, and of a file system of its own. */
const NOTHING = /^(?:\.gitkeep|\.gitignore|\.DS_Store|Thumbs\.db|lost\+found|mock-s3\.pid)$/;

const Mark = v.object({ credentials: v.object({ accessKeyId: v.string(), secretAccessKey: v.string() }) });

/** The folder holds what is not a mock S3's. */
export class FolderNotOwn extends Error {
  override readonly name = 'FolderNotOwn';
}

/** @throws FolderNotOwn where the folder is neither empty nor a mock S3's. */
export async function checkFolder(folder: string): Promise<void> {
  const names = await readdir(folder);
  const [first] = names.filter((name) => !NOTHING.test(name));
  if (first === undefined || names.includes(MARK)) return;
  throw new FolderNotOwn(`it holds "${first}", which is no mock S3's`);
}

/** Marks an empty folder as a mock S3's own. @returns The key pair that belongs to the folder. */
export async function markFolder(folder: string): Promise<Credentials> {
  const path = join(folder, MARK);
  if ((await readdir(folder)).includes(MARK)) return (await readRecord(path, Mark)).credentials;
  const credentials = randomCredentials();
  // For this user only: the keys are in it.
  await writeFile(path, `${JSON.stringify({ credentials }, undefined, 2)}\n`, { mode: 0o600 });
  return credentials;
}
