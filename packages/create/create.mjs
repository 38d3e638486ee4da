#!/usr/bin/env node
// Makes an app from a template, installs it, and starts it. Run by `npm create portage@latest my-app`.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const TEMPLATES = ['vite', 'next'];
const USAGE = `npm create portage@latest my-app -- [--template ${TEMPLATES.join('|')}] [--no-start] [--no-install]`;

function end(words) {
  console.error(words);
  process.exit(1);
}

function options() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      allowNegative: true,
      options: {
        template: { type: 'string', default: 'vite' },
        start: { type: 'boolean', default: true },
        install: { type: 'boolean', default: true },
      },
    });
    return { ...values, folder: positionals[0] ?? 'my-app' };
  } catch (error) {
    return end(`${error.message}\n${USAGE}`);
  }
}

/** Who called: `npm create` tells by this variable, and so do the others. */
const manager = /^(npm|pnpm|yarn|bun)\//.exec(process.env.npm_config_user_agent ?? '')?.[1] ?? 'npm';

/** Runs a command of the package manager; ends with it where it fails. */
function run(cwd, ...args) {
  // Windows starts npm by a shell.
  const { status } = spawnSync(manager, args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}

const { folder, template, install, start } = options();
if (!TEMPLATES.includes(template))
  end(`There is no template "${template}", only ${TEMPLATES.join(' and ')}.\n${USAGE}`);
const target = resolve(folder);
if (existsSync(target) && readdirSync(target).some((name) => name !== '.git'))
  end(`The folder ${folder} has files in it. Name another one, or empty it: nothing was changed.`);

cpSync(join(import.meta.dirname, 'templates', template), target, { recursive: true });
// npm leaves files of this name out of packages.
renameSync(join(target, '_gitignore'), join(target, '.gitignore'));
const manifest = join(target, 'package.json');
const { version } = JSON.parse(readFileSync(join(import.meta.dirname, 'package.json'), 'utf8'));
const name = basename(target)
  .toLowerCase()
  .replace(/[^a-z0-9._~-]+/g, '-')
  .replace(/^[._-]+/, '');
writeFileSync(
  manifest,
  readFileSync(manifest, 'utf8')
    .replace('"name": "app"', `"name": ${JSON.stringify(name || 'app')}`)
    .replaceAll('"*"', `"^${version}"`),
);

const steps = [
  `cd ${/[^\w./~-]/.test(folder) ? `"${folder}"` : folder}`,
  ...(install ? [] : [`${manager} install`]),
  `${manager} run dev`,
];
if (install && manager === 'npm' && Number.parseInt(process.versions.node, 10) < 22)
  console.log(
    'On this Node, npm says EBADENGINE for some packages of Uppy. They run in the page, where Node does not matter.\n',
  );
if (install) run(target, 'install');
if (install && start) {
  console.log(`\nStarting it. Next time: ${steps.join(' && ')}\n`);
  run(target, 'run', 'dev');
} else {
  console.log(`\nIt is in ${folder}. Now:\n\n${steps.map((step) => `  ${step}`).join('\n')}\n`);
}
