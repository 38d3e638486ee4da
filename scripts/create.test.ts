/** `npm create portage`, in short: what it writes compiles, and it says what it cannot do. `npm run release:rehearse` runs it whole. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { published } from './release/pack.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const script = join(root, 'packages/create/create.mjs');
const folder = mkdtempSync(join(tmpdir(), 'create-portage-'));
/** Inside a package that has what templates import. */
const apps = join(root, 'apps/e2e/.created');
afterAll(() => {
  for (const each of [folder, apps]) rmSync(each, { recursive: true, force: true });
});

const create = (cwd: string, ...args: string[]) => createBy('pnpm/11.0.0', process.env['PATH'], cwd, ...args);

function createBy(manager: string, PATH: string | undefined, cwd: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH, npm_config_user_agent: `${manager} node/v24.0.0` },
  });
  return { status, said: stdout + stderr };
}

describe('npm create portage', () => {
  it.each(['vite', 'next'])(
    'writes an app from the template %s that compiles',
    (template) => {
      mkdirSync(apps, { recursive: true });
      expect(create(apps, template, '--template', template, '--no-install')).toMatchObject({ status: 0 });
      const app = join(apps, template);
      writeFileSync(
        join(app, 'others.d.ts'),
        `declare module 'sirv' {
  import type { IncomingMessage, ServerResponse } from 'node:http';
  export default function sirv(folder: string, options: object): (request: IncomingMessage, response: ServerResponse) => void;
}
`,
      );
      const config = { extends: './tsconfig.json', include: ['**/*.ts', '**/*.tsx'] };
      writeFileSync(join(app, 'tsconfig.test.json'), JSON.stringify(config));
      const tsc = join(root, 'node_modules/typescript/bin/tsc');
      const { stdout } = spawnSync(process.execPath, [tsc, '--project', join(app, 'tsconfig.test.json')], {
        encoding: 'utf8',
      });
      expect(stdout).toBe('');
    },
    60_000,
  );

  it('names the app by its folder, and takes packages of its own version', () => {
    expect(create(folder, 'My App', '--no-install').said).toContain('cd "My App"');
    const { name, dependencies } = JSON.parse(readFileSync(join(folder, 'My App/package.json'), 'utf8'));
    expect(name).toBe('my-app');
    expect(dependencies['@portage/react']).toBe(`^${published()[0]?.manifest.version}`);
    expect(existsSync(join(folder, 'My App/.gitignore'))).toBe(true);
  });

  it('speaks the package manager that called it', () => {
    expect(create(folder, 'pnpm', '--no-install').said).toContain('pnpm install');
  });

  it('says why the warnings of npm on Node 20 do not matter, before they come', () => {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'npm'), '#!/bin/sh\necho "npm $1"\n', { mode: 0o755 });
    const { said } = createBy('npm/11.0.0', `${bin}:${process.env['PATH']}`, folder, 'warned', '--no-start');
    const isOld = Number.parseInt(process.versions.node, 10) < 22;
    expect(said).toMatch(isOld ? /^On this Node, npm says EBADENGINE.*\n\nnpm install\n/ : /^npm install\n/);
  });

  it('changes nothing where files are, and knows its templates', () => {
    const full = join(folder, 'full');
    mkdirSync(full);
    writeFileSync(join(full, 'mine.txt'), 'mine');
    expect(create(folder, 'full')).toMatchObject({ status: 1, said: expect.stringContaining('nothing was changed') });
    expect(create(folder, 'other', '--template', 'vue').said).toContain('only vite and next');
    expect(create(folder, '--nope').said).toContain('npm create portage@latest');
    expect(existsSync(join(folder, 'other'))).toBe(false);
  });
});
