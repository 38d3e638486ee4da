/** Plants mistakes in sources, one at a time, and looks whether tests find each. */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/** A mistake may make a test run for ever: it is found then too. In milliseconds. */
const LONGEST = 5 * 60_000;

/**
 * Prints what was found, and puts every file back, also after Ctrl+C.
 *
 * @param groups - per group: the tests, as Vitest's filters; and its mistakes: a name, the file, and each text that must be
 * there once, followed by what stands there instead.
 * @returns the number of mistakes that no test has found.
 * @example await plant([{ tests: ['packages/engine/'], mistakes: [['limit', 'packages/engine/src/limits/send-limiter.ts', 'a', 'b']] }])
 */
export async function plant(groups) {
  /** What is to be done when somebody ends this: the test that runs, and the file that is not as it was. */
  const undo = new Set();
  process.once('SIGINT', () => {
    for (const each of undo) each();
    process.exit(130);
  });

  function passes(tests) {
    const vitest = [`${root}node_modules/vitest/vitest.mjs`, 'run', '--project', 'node', '--bail', '1', ...tests];
    return new Promise((resolve) => {
      const child = spawn(process.execPath, vitest, { cwd: root, stdio: 'ignore', timeout: LONGEST });
      const kill = () => child.kill();
      undo.add(kill);
      child.on('exit', (code) => {
        undo.delete(kill);
        resolve(code === 0);
      });
    });
  }

  let planted = 0;
  let missed = 0;
  for (const { tests, mistakes } of groups) {
    if (mistakes.length === 0) continue;
    const began = Date.now();
    if (!(await passes(tests))) throw new Error(`${tests.join(', ')} fails as it is.`);
    console.log(`${tests.join(', ')} takes ${((Date.now() - began) / 1000).toFixed(1)} s.`);
    for (const [name, file, ...texts] of mistakes) {
      const path = root + file;
      const before = readFileSync(path, 'utf8');
      let after = before;
      for (let at = 0; at < texts.length; at += 2) {
        if (before.split(texts[at]).length !== 2) throw new Error(`${file} does not have once: ${texts[at]}`);
        after = after.replace(texts[at], () => texts[at + 1]);
      }
      const restore = () => writeFileSync(path, before);
      undo.add(restore);
      writeFileSync(path, after);
      const found = !(await passes(tests));
      restore();
      undo.delete(restore);
      planted += 1;
      if (!found) missed += 1;
      console.log(`${found ? 'found ' : 'MISSED'} ${name} (${file})`);
    }
  }
  console.log(`${planted - missed} of ${planted} planted mistakes found.`);
  return planted === 0 ? 1 : missed;
}
