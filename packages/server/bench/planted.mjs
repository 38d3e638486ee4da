// Plants mistakes in the server, one at a time, and looks whether the short property test finds each of them. The files are
// put back at the end, also after Ctrl+C. Takes about two minutes. Run by `npm run test:planted`.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const source = (path) => `${root}packages/server/src/${path}`;

/** What is no longer checked: the file, the text that does it, and what stands there instead. */
const MISTAKES = [
  ['route', 'operations/open-token.ts', 'claims.route !== route.name || ', ''],
  ['user', 'operations/open-token.ts', ' || claims.userId !== context.userId', ''],
  ['expiry', 'operations/open-token.ts', "claims.userId === '' || at >= lastMomentOf(service, claims)", 'false'],
  [
    'seal (key, size, upload id)',
    'token/tokens.ts',
    '!macs.some((sign) => equalInConstantTime(sign(payload), mac))',
    'false',
  ],
  [
    'size',
    'operations/sign-upload.ts',
    'if (length !== undefined) return length;',
    'if (length !== undefined) return length + 1;',
  ],
  ['part', 'policy/part-plan.ts', 'if (partNumber < 1 || partNumber > count) return undefined;', ''],
  ['origin', 'http/origins.ts', 'if (isOwn(request, origin)) return {};\n  throw originRefused();', 'return {};'],
  ['folder of the user', 'operations/create.ts', 'prefix + userFolder(context.userId, service.sha256)', 'prefix'],
  ['body', 'http/body.ts', 'if (parsed.success) return parsed.output;', 'return parsed.output as T;'],
];

const vitest = [
  `${root}node_modules/vitest/vitest.mjs`,
  'run',
  '--project',
  'node',
  'packages/server/src/property.test.ts',
];
const passes = () => spawnSync(process.execPath, vitest, { cwd: root, stdio: 'ignore' }).status === 0;

if (!passes()) throw new Error('The property test fails as it is.');
let missed = 0;
for (const [name, path, text, instead] of MISTAKES) {
  const before = readFileSync(source(path), 'utf8');
  if (before.split(text).length !== 2) throw new Error(`${path} does not have once: ${text}`);
  const restore = () => writeFileSync(source(path), before);
  process.once('SIGINT', restore);
  try {
    writeFileSync(
      source(path),
      before.replace(text, () => instead),
    );
    const found = !passes();
    if (!found) missed++;
    console.log(`${found ? 'found ' : 'MISSED'} ${name}`);
  } finally {
    restore();
    process.off('SIGINT', restore);
  }
}
console.log(`${MISTAKES.length - missed} of ${MISTAKES.length} planted mistakes found.`);
process.exitCode = missed === 0 ? 0 : 1;
