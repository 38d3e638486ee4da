/**
 * The recipes of docs/first-upload.md, in short: they compile under the settings of the templates that they are
 * pasted into, and their servers start and say where. `npm run release:rehearse` follows them whole.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { onlyFiles, type Recipe, recipeOf, together } from './release/recipes.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const docs = readFileSync(join(root, 'docs/first-upload.md'), 'utf8');
const recipe = (heading: string) => recipeOf(docs, heading);
const plain = recipe('Vite and React, server on plain Node');

/** Inside packages that have what the recipes import. */
const pages = join(root, 'apps/e2e/.snippets-of-templates');
const servers = join(root, 'apps/examples/.servers');
afterAll(() => {
  for (const folder of [pages, servers]) rmSync(folder, { recursive: true, force: true });
});

function write(folder: string, { files }: Pick<Recipe, 'files'>, change = (content: string) => content) {
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), change(content));
  }
}

describe('pasted into its template, compiles', () => {
  /** As `create-vite` 9.3.0, `create-next-app` 16.4.3 and `@tanstack/cli` 0.71.0 write them. */
  const vite = {
    target: 'es2023',
    lib: ['ES2023', 'DOM'],
    module: 'esnext',
    types: ['vite/client'],
    allowArbitraryExtensions: true,
    skipLibCheck: true,
    moduleResolution: 'bundler',
    allowImportingTsExtensions: true,
    verbatimModuleSyntax: true,
    moduleDetection: 'force',
    noEmit: true,
    jsx: 'react-jsx',
    noUnusedLocals: true,
    noUnusedParameters: true,
    erasableSyntaxOnly: true,
    noFallthroughCasesInSwitch: true,
  };
  const next = {
    target: 'ES2017',
    lib: ['dom', 'dom.iterable', 'esnext'],
    allowJs: true,
    skipLibCheck: true,
    strict: true,
    noEmit: true,
    esModuleInterop: true,
    module: 'esnext',
    moduleResolution: 'bundler',
    resolveJsonModule: true,
    isolatedModules: true,
    jsx: 'react-jsx',
  };
  const start = { ...vite, target: 'ES2022', lib: ['ES2022', 'DOM', 'DOM.Iterable'], strict: true };
  const vanilla = { ...vite, jsx: undefined };
  const node = ['node', 'vite/client'];

  it.each([
    ['React page of Vite', vite, onlyFiles(plain, 'src/App.tsx'), 'src/App.tsx'],
    ['page of people who are signed in', vite, recipe('People who are signed in'), 'src/App.tsx'],
    ['app of Next.js', { ...next, types: ['node'] }, recipe('Next.js'), 'app/page.tsx'],
    ['app of TanStack Start', { ...start, types: node }, recipe('TanStack Start'), 'src/routes/index.tsx'],
    ['page of Uppy alone', vanilla, onlyFiles(recipe('Uppy without React'), 'src/main.ts'), 'src/main.ts'],
  ])(
    'the %s',
    (_, compilerOptions, pasted, one) => {
      rmSync(pages, { recursive: true, force: true });
      expect([...pasted.files.keys()]).toContain(one);
      write(pages, pasted);
      // What templates bring along, and this repository does not have.
      const others = `declare module '@tanstack/react-router' { export const createFileRoute: any }
declare module '@uppy/dashboard' {
  import { BasePlugin } from '@uppy/core';
  export default class extends BasePlugin<{ target: string; inline: boolean }, any, any> {}
}
`;
      writeFileSync(join(pages, 'others.d.ts'), others);
      writeFileSync(
        join(pages, 'tsconfig.json'),
        JSON.stringify({ compilerOptions, include: ['**/*.ts', '**/*.tsx'] }),
      );
      const tsc = join(root, 'node_modules/typescript/bin/tsc');
      const { stdout } = spawnSync(process.execPath, [tsc, '--project', pages], { encoding: 'utf8' });
      expect(stdout).toBe('');
    },
    60_000,
  );
});

describe('the server', () => {
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill());

  /** Starts it as it is printed, but for its port; returns the address that it prints. */
  async function start(name: string, of: Recipe, path = 'server.mjs', args = [path]): Promise<string> {
    const port = await freePort();
    const folder = join(servers, name);
    write(folder, onlyFiles(of, path), (content) => content.replaceAll('3000', port));
    const env = { ...process.env, NODE_ENV: 'development', PORT: port };
    child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: child.stdout as NonNullable<typeof child.stdout> })) {
      expect(line).toBe(`http://localhost:${port}`);
      return `${line}/api/uploads/files`;
    }
    throw new Error('It has printed nothing.');
  }
  const create = (url: string, headers: Record<string, string> = {}) =>
    fetch(`${url}/create`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ files: [{ name: 'a.png', type: 'image/png', size: 5 }] }),
    });

  it.each([
    ['plain Node', plain],
    ['Express', together(plain, recipe('Express'))],
    ['Hono', together(plain, recipe('Hono'))],
  ])('on %s starts, says where, and takes a file', async (name, of) => {
    const url = await start(name, of);
    expect(await (await fetch(url)).json()).toMatchObject({ maxSize: 100 * 1024 ** 2 });
    expect((await create(url)).status).toBe(200);
  });

  it('of CommonJS takes a file, inside of what Express’s generator starts', async () => {
    mkdirSync(join(servers, 'commonjs'), { recursive: true });
    writeFileSync(join(servers, 'commonjs/package.json'), '{}');
    const listen = `const { PORT } = process.env;
require('./server/app').listen(PORT, () => console.log('http://localhost:' + PORT));`;
    const url = await start('commonjs', recipe('Express in CommonJS'), 'server/app.js', ['-e', listen]);
    expect((await create(url)).status).toBe(200);
  });

  it('of people who are signed in asks for the token', async () => {
    const url = await start('signed-in', recipe('People who are signed in'));
    expect((await create(url)).status).toBe(401);
    expect((await create(url, { authorization: 'Bearer the token of ann' })).status).toBe(200);
  });
});

function freePort(): Promise<string> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(String(port)));
    });
  });
}

it('an app of CommonJS requires the server packages as they are, without a warning', () => {
  const names = ['@portage/server', '@portage/server/node', '@portage/mock-s3'];
  const code = names.map((name) => `console.log(Object.keys(require('${name}')).length > 0)`).join(';');
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', code], {
    cwd: join(root, 'apps/examples'),
    encoding: 'utf8',
  });
  expect([stdout, stderr]).toEqual(['true\ntrue\ntrue\n', '']);
});

it('the README shows the page and the server of the first recipe', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  for (const path of ['src/App.tsx', 'server.mjs']) expect(readme).toContain(`\n${plain.files.get(path)}\`\`\``);
});

describe('recipes', () => {
  it('are read as they are printed, as far as the next heading', () => {
    const text = [
      '# A',
      '',
      '```sh\nnpm i a\ncd b\n```',
      '',
      'The page, `a.ts`:',
      '',
      '```ts\n1;\n```',
      '',
      '```sh\nnode a.mjs\nnpm run dev\n```',
      '',
      '# B',
      '',
      '```sh\nnpm i b\n```',
      '',
    ].join('\n');
    expect(recipeOf(text, 'A')).toEqual({
      commands: ['npm i a', 'cd b'],
      starts: ['node a.mjs', 'npm run dev'],
      files: new Map([['a.ts', '1;\n']]),
    });
    expect(() => recipeOf(text, 'C')).toThrow('There is no heading "C".');
  });

  it('have a path before each file', () => {
    expect(() => recipeOf('# A\n\nA page:\n\n```ts\n1;\n```\n', 'A')).toThrow('has no path');
  });
});
