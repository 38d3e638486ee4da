// Has real writers write the corpus. What one of them could not write is told, and left out.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { aptInstall, hasApt } from '../../../scripts/browser.mjs';
import { DEBIAN, NPM, RECIPES } from './recipes.mjs';

function installDebian() {
  const has = (name) => spawnSync('dpkg', ['-s', name], { stdio: 'ignore' }).status === 0;
  const missing = hasApt ? DEBIAN.filter((name) => !has(name)) : [];
  if (missing.length === 0) return;
  console.log(`Installing ${missing.length} packages of Debian …`);
  aptInstall(...missing);
}

function installNpm(folder) {
  console.log(`Installing ${Object.keys(NPM).length} packages of npm …`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/package.json`, JSON.stringify({ private: true, dependencies: NPM }));
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--silent'];
  execFileSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}

/**
 * The files that are in `folder` now, each with its format and its writer, and what could not be written. What was
 * written before is not written again.
 */
export function makeCorpus(folder) {
  const cwd = resolve(folder, 'files');
  const npm = resolve(folder, 'npm');
  mkdirSync(cwd, { recursive: true });
  installDebian();
  if (!existsSync(`${npm}/node_modules`)) installNpm(npm);
  const env = { ...process.env, NPM: npm, NODE_PATH: `${npm}/node_modules` };
  const isThere = (name) => existsSync(`${cwd}/${name}`) && statSync(`${cwd}/${name}`).size > 0;
  const files = [];
  const failed = [];
  for (const [writer, command, made] of RECIPES) {
    const names = Object.keys(made);
    const done = names.every(isThere)
      ? undefined
      : spawnSync('bash', ['-c', command], { cwd, env, encoding: 'utf8', timeout: 180_000 });
    for (const name of names)
      if (isThere(name)) files.push({ name, format: made[name], writer, path: `${cwd}/${name}` });
      else failed.push({ writer, name, why: (done?.stderr ?? '').trim().slice(-300) });
  }
  return { files, failed };
}
