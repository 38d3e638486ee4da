// Tries the set-ups of docs/setups.md as that page prints them: in each, an app outside of this repository has the packed packages,
// is built, and a file of 20 MiB is uploaded in Chromium and compared. Run by `npm run test:setups`, some of them by `-- Astro Jest`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { followEach } from './follow-each.mjs';
import { installing, ofDocs, onPlainNode } from './newcomers.mjs';
import { root } from './pack.mjs';
import { onlyFiles, recipeOf, together } from './recipes.mjs';

const docs = readFileSync(join(root, 'docs/setups.md'), 'utf8');
const section = (heading) => docs.split(/^## /m).find((text) => text.startsWith(`${heading}\n`));
const printed = (heading) => recipeOf(docs, heading);
const pasting = (files) => ({ commands: [], starts: [], files: new Map(Object.entries(files)) });
const starting = (...starts) => ({ commands: [], starts, files: new Map() });
const typing = (...commands) => ({ commands, starts: [], files: new Map() });

const OURS = ['@portage/react', '@uppy/core', '@portage/server', '@portage/mock-s3'];
const REACT = ['react@19', 'react-dom@19'];
/** For npm's scripts alone: these frameworks want a newer Node than we do. */
const NEWER_NODE = 'node@22';
const server = () => onlyFiles(onPlainNode(), 'server.mjs');
const page = (path) => pasting({ [path]: onPlainNode().files.get('src/App.tsx') });

/** An empty app with these commands in its `package.json`. */
const empty = (scripts, ...packages) =>
  together(
    typing(
      'npm init -y',
      'npm pkg set type=module',
      ...Object.entries(scripts).map(([name, script]) => `npm pkg set "scripts.${name}=${script}"`),
    ),
    installing(...OURS, ...packages),
  );

/** An app by a template of Vite's, with its page in `path`. */
const byVite = (template, path, ...more) =>
  together(
    typing(
      `npm create vite@latest my-app -- --template ${template} --no-interactive`,
      'cd my-app',
      `npm install ${OURS.join(' ')}`,
    ),
    server(),
    page(path),
    ...more,
    starting('node server.mjs', 'npm run dev'),
  );

/** Where a bundler begins. */
const ENTRY = pasting({
  'src/index.tsx': `import { createRoot } from 'react-dom/client';
import App from './App';

createRoot(document.getElementById('root')!).render(<App />);
`,
});

/** The policy that is printed, for a store on this machine. */
const policy = (more = '') =>
  /```\n([^`]+)```/
    .exec(section('Content-Security-Policy'))[1]
    .replace('https://my-bucket.s3.eu-west-1.amazonaws.com', 'http://127.0.0.1:* http://localhost:*')
    .replaceAll('\n', ' ')
    .trim()
    .concat(more);

const TRUSTED = policy("; require-trusted-types-for 'script'");

const strict = (headers) =>
  byVite(
    'react-ts',
    'src/App.tsx',
    installing('tailwindcss@4', '@tailwindcss/vite@4'),
    pasting({
      'src/index.css': '@import "tailwindcss";\n',
      'vite.config.ts': `import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react(), tailwindcss()],
  server: { proxy: { '/api': 'http://localhost:3000' } },
  preview: { headers: { 'Content-Security-Policy': ${JSON.stringify(headers)} } },
});
`,
    }),
  );

/** The app of Vite's template, installed by another manager of packages than npm. */
const managedBy = (manager, add) => {
  const { commands, ...others } = byVite('react-ts', 'src/App.tsx', onlyFiles(onPlainNode(), 'vite.config.ts'));
  return { ...others, commands: [...commands.slice(0, 2), `${manager} ${add} ${OURS.join(' ')}`] };
};
const PNPM = 'npx --yes pnpm@10';
const BUN = 'npx --yes bun@1';
const YARN = 'npx --yes --package=@yarnpkg/cli-dist@4 yarn';

/** The page of the first recipe, and a server of these lines around those that are printed. */
const served = (name, packages, before, after) =>
  together(
    onPlainNode(),
    installing(...packages),
    pasting({
      'server.mjs': `import { mockStorage } from '@portage/mock-s3';
import { createUploads, s3 } from '@portage/server';
import { toNodeHandler } from '@portage/server/node';
${before}
const uploads = createUploads({
  storage: s3(await mockStorage()),
  basePath: '/api/uploads',
  routes: { files: { anonymous: true } },
});
const told = () => console.log('http://localhost:3000');
${linesOf(name)}${after}
`,
    }),
  );

/** What is printed below a comment that begins with this name. */
function linesOf(name) {
  const [, code] = /```js\n([^`]+)```/.exec(section('Other servers'));
  const block = code.split(/^\/\/ /m).find((text) => text.startsWith(`${name} `));
  return block.slice(block.indexOf('\n') + 1);
}

/** Versions of TypeScript, each under a name of its own. */
const COMPILERS = { 5.7: '5.7', 5.8: '5.8', 5.9: '5.9', 6: '6.0', 7: '7.0' };
const RESOLUTIONS = [
  { module: 'esnext', moduleResolution: 'bundler' },
  { module: 'node16', moduleResolution: 'node16' },
  { module: 'nodenext', moduleResolution: 'nodenext' },
];
const compile = (version, { module, moduleResolution }) =>
  [
    `node node_modules/typescript-${version}/bin/tsc --noEmit --strict --skipLibCheck false --exactOptionalPropertyTypes`,
    `--target es2022 --lib es2023,dom,dom.iterable --jsx react-jsx --types node`,
    `--module ${module} --moduleResolution ${moduleResolution} App.tsx server.ts`,
  ].join(' ');

/** As in the table of docs/setups.md. */
const SETUPS = [
  {
    name: 'Vite, strict policy',
    tells: ['vite', 'react', 'tailwindcss'],
    recipe: () => strict(policy()),
    policy: policy(),
    isBuiltOnly: true,
    never: /Content.Security.Policy/i,
  },
  {
    name: 'Vite, strict policy with Trusted Types',
    tells: ['vite'],
    recipe: () => strict(TRUSTED),
    policy: TRUSTED,
    isBuiltOnly: true,
  },
  {
    name: 'Vite, React Compiler',
    tells: ['vite', 'babel-plugin-react-compiler'],
    recipe: () =>
      byVite(
        'react-compiler-ts',
        'src/App.tsx',
        typing(
          'sed -i "s|plugins: \\[|server: { proxy: { \\"/api\\": \\"http://localhost:3000\\" } },\\n  plugins: [|" vite.config.ts',
        ),
      ),
    ports: ['vite.config.ts'],
  },
  {
    name: 'Vite, Preact',
    tells: ['vite', 'preact'],
    recipe: () =>
      byVite(
        'preact-ts',
        'src/app.tsx',
        pasting({
          'src/app.tsx': onPlainNode().files.get('src/App.tsx').replace('default function App', 'function App'),
          'vite.config.ts': onPlainNode()
            .files.get('vite.config.ts')
            .replace("import react from '@vitejs/plugin-react'", "import preact from '@preact/preset-vite'")
            .replace('react()', 'preact()'),
        }),
      ),
  },
  { name: 'Vite, by pnpm', isBuiltOnly: true, recipe: () => managedBy(PNPM, 'add') },
  { name: 'Vite, by Bun', isBuiltOnly: true, recipe: () => managedBy(BUN, 'add') },
  {
    name: 'Vite, by Yarn with Plug’n’Play',
    isBuiltOnly: true,
    recipe: () => {
      const { commands, ...others } = managedBy(YARN, 'add');
      // Yarn asks for what Vite has for Windows alone, too, which not every mirror of the registry has.
      const without = 'npm pkg set --json "resolutions={\\"napi-windows-process-start-time\\":\\"npm:is-number@7\\"}"';
      const starts = [`${YARN} node server.mjs`, `${YARN} dev`];
      return { ...others, starts, commands: [...commands.slice(0, 2), without, ...commands.slice(2)] };
    },
    // TypeScript 7, which the template asks first, does not find types by Plug’n’Play.
    build: `${YARN} vite build`,
    built: `${YARN} preview`,
  },
  {
    name: 'Next.js, standalone with basePath',
    tells: ['next'],
    recipe: () => {
      const app = ofDocs('Next.js');
      const own = app.files.get('app/page.tsx').replace('"/api/uploads"', '"/app/api/uploads"');
      const config = "export default { output: 'standalone', basePath: '/app' };\n";
      return together(app, pasting({ 'app/page.tsx': own, 'next.config.ts': config }));
    },
    build: 'npm run build && cp -r .next/static .next/standalone/.next/static && cp -r public .next/standalone/public',
    built: 'node .next/standalone/server.js',
    page: '/app',
    store: true,
  },
  {
    name: 'React Router',
    tells: ['react-router'],
    recipe: () =>
      together(
        empty(
          { dev: 'react-router dev', build: 'react-router build', start: 'react-router-serve ./build/server/index.js' },
          ...REACT,
          NEWER_NODE,
          'isbot@5',
          ...['react-router', '@react-router/node', '@react-router/serve', '@react-router/dev'].map(
            (name) => `${name}@8.4.0`,
          ),
          'vite@8',
        ),
        printed('React Router'),
        page('app/routes/home.tsx'),
        pasting({
          'vite.config.ts': `import { reactRouter } from '@react-router/dev/vite';
import { defineConfig } from 'vite';

export default defineConfig({ plugins: [reactRouter()] });
`,
          'app/routes.ts': `import { index, route } from '@react-router/dev/routes';

export default [index('routes/home.tsx'), ${/`(route\(.*?\))`/.exec(section('React Router'))[1]}];
`,
          'app/root.tsx': `import { Outlet, Scripts } from 'react-router';

export default function Root() {
  return (
    <html lang="en">
      <body>
        <Outlet />
        <Scripts />
      </body>
    </html>
  );
}
`,
        }),
        starting('npm run dev'),
      ),
    built: 'npm start',
    store: true,
  },
  {
    name: 'Astro',
    tells: ['astro'],
    recipe: () => {
      const [[path, last]] = printed('Astro').files;
      const whole = printed('React Router')
        .files.get('app/routes/uploads.ts')
        .replace(/^export .*\n/m, last);
      return together(
        empty(
          { dev: 'astro dev', build: 'astro build', start: 'node dist/server/entry.mjs' },
          ...REACT,
          NEWER_NODE,
          'astro@7',
          '@astrojs/react@7',
          '@astrojs/node@11',
        ),
        page('src/Files.tsx'),
        pasting({
          [path]: whole,
          'src/pages/index.astro': `---
import Files from '../Files';
---
<!doctype html>
<html lang="en">
  <body>
    <Files client:load />
  </body>
</html>
`,
          'astro.config.mjs': `import node from '@astrojs/node';
import react from '@astrojs/react';
import { defineConfig } from 'astro/config';

export default defineConfig({ output: 'server', adapter: node({ mode: 'standalone' }), integrations: [react()] });
`,
        }),
        starting('ASTRO_TELEMETRY_DISABLED=1 npm run dev'),
      );
    },
    build: 'ASTRO_TELEMETRY_DISABLED=1 npm run build',
    built: 'HOST=127.0.0.1 npm start',
    store: true,
  },
  {
    name: 'Rsbuild',
    tells: ['@rsbuild/core'],
    recipe: () =>
      together(
        empty(
          { dev: 'rsbuild dev', build: 'rsbuild build', preview: 'rsbuild preview' },
          ...REACT,
          '@rsbuild/core@2',
          '@rsbuild/plugin-react@2',
        ),
        printed('Rsbuild'),
        ENTRY,
        page('src/App.tsx'),
        server(),
        starting('node server.mjs', 'npm run dev'),
      ),
  },
  {
    name: 'Parcel',
    tells: ['parcel'],
    recipe: () => {
      const [[, setting]] = printed('Parcel').files;
      const [[name, value]] = Object.entries(JSON.parse(setting));
      return together(
        empty({ dev: 'parcel index.html', build: 'parcel build index.html' }, ...REACT, 'parcel@2', 'vite@8'),
        typing(`npm pkg set --json "${name}=${JSON.stringify(value).replaceAll('"', '\\"')}"`, 'npm pkg delete main'),
        ENTRY,
        page('src/App.tsx'),
        server(),
        pasting({
          'index.html': '<!doctype html><div id="root"></div><script type="module" src="./src/index.tsx"></script>\n',
          '.proxyrc.json': '{ "/api": { "target": "http://localhost:3000" } }\n',
          // Parcel does not serve what it has built.
          'vite.config.mjs': "export default { preview: { proxy: { '/api': 'http://localhost:3000' } } };\n",
        }),
        starting('node server.mjs', 'npm run dev'),
      );
    },
    built: 'npx vite preview',
  },
  {
    name: 'Koa',
    isBuiltOnly: true,
    tells: ['koa'],
    recipe: () =>
      served('Koa', ['koa@3'], "import Koa from 'koa';\n\nconst app = new Koa();", 'app.listen(3000, told);'),
  },
  {
    name: 'NestJS',
    isBuiltOnly: true,
    tells: ['@nestjs/core'],
    recipe: () =>
      served(
        'NestJS',
        ['@nestjs/core@12', '@nestjs/common@12', '@nestjs/platform-express@12', 'reflect-metadata', 'rxjs@7'],
        `import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

class AppModule {}
Module({})(AppModule);
const app = await NestFactory.create(AppModule);`,
        'await app.listen(3000);\ntold();',
      ),
  },
  {
    name: 'h3',
    isBuiltOnly: true,
    tells: ['h3'],
    recipe: () =>
      served(
        'h3',
        ['h3@2'],
        "import { H3, serve } from 'h3';\n\nconst app = new H3();",
        'serve(app, { port: 3000 });\ntold();',
      ),
  },
  {
    name: 'Elysia',
    isBuiltOnly: true,
    tells: ['elysia'],
    recipe: () =>
      served(
        'Elysia',
        ['elysia@1', '@elysiajs/node@1'],
        "import { node } from '@elysiajs/node';\nimport { Elysia } from 'elysia';\n\nconst app = new Elysia({ adapter: node() });",
        'app.listen(3000, told);',
      ),
  },
  {
    name: 'TypeScript',
    recipe: () =>
      together(
        empty({}, ...REACT, '@types/react@19', '@types/node@22'),
        installing(
          ...Object.entries(COMPILERS).map(([name, version]) => `typescript-${name}@npm:typescript@${version}`),
        ),
        page('App.tsx'),
        pasting({ 'server.ts': onPlainNode().files.get('server.mjs') }),
      ),
    checks: Object.keys(COMPILERS).flatMap((version) => RESOLUTIONS.map((each) => compile(version, each))),
  },
  {
    name: 'Jest',
    tells: ['jest'],
    recipe: () =>
      together(
        empty({}, ...REACT, '@portage/testing', '@testing-library/react@16', '@testing-library/user-event@14'),
        installing(
          ...['jest@30', 'babel-jest@30', '@happy-dom/jest-environment@20', 'identity-obj-proxy@3', '@babel/core@7'],
          ...['@babel/preset-env@7', '@babel/preset-react@7', '@babel/preset-typescript@7'],
        ),
        printed('Jest'),
        pasting({
          'uploads.test.tsx': `import { Uploader } from '@portage/react';
import { fakeUploads } from '@portage/testing/fake';
import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';

test('every byte of a file is stored', async () => {
  const uploads = fakeUploads();
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);
  render(<Uploader endpoint="/api/uploads" />);
  await userEvent.upload(screen.getByLabelText('Choose files'), new File([bytes], 'film.bin'));
  await screen.findByText('Uploaded', undefined, { timeout: 10_000 });
  expect(uploads.files[0].bytes).toEqual(bytes);
}, 20_000);
`,
        }),
      ),
    checks: ['NODE_OPTIONS=--experimental-vm-modules npx jest'],
  },
];

await followEach(SETUPS, process.argv.slice(2));
