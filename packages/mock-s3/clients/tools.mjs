// What the clients' steps have in common.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const MiB = 1024 * 1024;

const execute = promisify(execFile);

/** Runs a program; its output, or an error with what it said. */
export async function run(program, args, options = {}) {
  const { stdout, stderr } = await execute(program, args, { timeout: 120_000, ...options });
  return `${stdout}${stderr}`;
}

/** What a program prints about itself, or undefined if it is not there. */
export function versionOf(program, args, pattern) {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 ? (pattern.exec(stdout)?.[1] ?? 'unknown') : undefined;
}

/** A file of random bytes. */
export async function makeFile(folder, name, size) {
  const path = join(folder, name);
  const bytes = randomBytes(size);
  await writeFile(path, bytes);
  return { path, bytes };
}

export function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

export async function sameBytes(path, bytes) {
  assert.equal(sha256(await readFile(path)), sha256(bytes));
}

/** The store holds an object of these bytes. */
export async function holds(store, key, bytes) {
  assert.equal(await store.sha256('uploads', key), sha256(bytes));
}
