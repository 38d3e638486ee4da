import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PACKAGE = new URL('../../', import.meta.url);

/** Builds the package, for what runs as a process of its own. @returns Where its entry is. */
export function built(): URL {
  const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', PACKAGE));
  execFileSync(process.execPath, [tsc, '--build', fileURLToPath(PACKAGE)]);
  return new URL('dist/index.js', PACKAGE);
}
