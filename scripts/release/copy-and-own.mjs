// Copies every item of the registry of components into a fresh project, as shadcn's own CLI does it, builds that project, uploads
// by each item in a browser, and has axe look at them in light and dark. Run by `npm run test:registry`; `-- FOLDER` keeps pictures
// of the page there.
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { createMockS3 } from '@portage/mock-s3';
import { launchOptions } from '../browser.mjs';
import { environment, has, shell, whileRunning } from './newcomers.mjs';
import { pack, published, root } from './pack.mjs';
import { freePort, startRegistry } from './registry.mjs';

const SHADCN = 'shadcn@4.23.1';
const items = JSON.parse(readFileSync(join(root, 'registry/registry.json'), 'utf8')).items;

/** `UploadTray` of `upload-tray`. */
const componentOf = (name) => name.replace(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase());

const PAGE = `import './index.css';
import { Upload } from '@portage/react';
${items.map(({ name }) => `import { ${componentOf(name)} } from '@/components/${name}';`).join('\n')}

export default function App() {
  return (
    <main style={{ maxWidth: '48rem', margin: '2rem auto', display: 'grid', gap: '3rem' }}>
${items
  .map(
    ({ name }) => `      <section aria-label="${name}">
        <${componentOf(name)} endpoint="/api/uploads">
          ${name === 'upload-tray' ? '<Upload.Trigger>Add to the tray</Upload.Trigger>' : name === 'upload-dropzone' ? '<p>Drop files here.</p>' : ''}
        </${componentOf(name)}>
      </section>`,
  )
  .join('\n')}
    </main>
  );
}
`;
const SERVER = `import { createServer } from 'node:http';
import { createUploads, s3FromEnv } from '@portage/server';
import { toNodeHandler } from '@portage/server/node';

const uploads = createUploads({
  storage: s3FromEnv(process.env),
  basePath: '/api/uploads',
  routes: { files: { anonymous: true } },
});
createServer(toNodeHandler(uploads)).listen(process.env.PORT, () => console.log('http://localhost:' + process.env.PORT));
`;

/** What shadcn's own guide for Vite has one write. */
const FILES = {
  'src/App.tsx': PAGE,
  'src/index.css': `@import "tailwindcss";

@theme inline {
  --color-background: var(--background);
  --color-foreground: var(--foreground);
  --color-primary: var(--primary);
  --color-primary-foreground: var(--primary-foreground);
  --color-border: var(--border);
}

:root {
  --radius: 0.625rem;
  --background: #ffffff;
  --foreground: #171717;
  --primary: #18181b;
  --primary-foreground: #fafafa;
  --muted: #f4f4f5;
  --muted-foreground: #5f5f68;
  --border: #e4e4e7;
  --destructive: #b91c1c;
}

.dark {
  --background: #09090b;
  --foreground: #fafafa;
  --primary: #fafafa;
  --primary-foreground: #18181b;
  --muted: #27272a;
  --muted-foreground: #a1a1aa;
  --border: #3f3f46;
  --destructive: #f87171;
}

@layer base {
  * {
    border-color: var(--border);
  }
  body {
    background: var(--background);
    color: var(--foreground);
  }
}
`,
  'vite.config.ts': `import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const proxy = { '/api': 'http://localhost:' + process.env.PORT };

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { proxy },
  preview: { proxy },
});
`,
  'tsconfig.json': JSON.stringify({
    files: [],
    references: [{ path: './tsconfig.app.json' }],
    compilerOptions: { paths: { '@/*': ['./src/*'] } },
  }),
  'components.json': JSON.stringify({
    $schema: 'https://ui.shadcn.com/schema.json',
    style: 'new-york',
    rsc: false,
    tsx: true,
    // With a base colour, the CLI asks its site for that colour's values, and uses them only where there are no CSS variables.
    tailwind: { config: '', css: 'src/index.css', baseColor: '', cssVariables: true, prefix: '' },
    aliases: {
      components: '@/components',
      utils: '@/lib/utils',
      ui: '@/components/ui',
      lib: '@/lib',
      hooks: '@/hooks',
    },
    iconLibrary: 'lucide',
  }),
};

const folder = mkdtempSync(join(tmpdir(), 'portage-copied-'));
const registry = await startRegistry(join(folder, 'registry'));
const store = await createMockS3({ buckets: ['deployed'] });
const browser = await chromium.launch(launchOptions());
const built = join(folder, 'r');
try {
  const tarballs = join(folder, 'tarballs');
  mkdirSync(tarballs);
  for (const { folder: name } of published()) registry.publish(pack(name, tarballs));
  const env = environment({ folder, own: folder, registry });
  const app = join(folder, 'my-app');
  shell(
    `npx --yes ${SHADCN} build ${join(root, 'registry/registry.json')} --output ${built} --cwd ${join(root, 'registry')}`,
    folder,
    env,
  );
  const began = Date.now();
  shell('npm create vite@latest my-app -- --template react-ts', folder, env);
  shell('npm install tailwindcss @tailwindcss/vite @portage/server @portage/mock-s3', app, env);
  const settings = join(app, 'tsconfig.app.json');
  writeFileSync(
    settings,
    readFileSync(settings, 'utf8').replace(
      '"compilerOptions": {',
      '"compilerOptions": {\n    "paths": { "@/*": ["./src/*"] },',
    ),
  );
  for (const [path, content] of Object.entries(FILES)) writeFileSync(join(app, path), content);
  const files = items.map(({ name }) => join(built, `${name}.json`)).join(' ');
  console.log(shell(`npx --yes ${SHADCN} add --yes ${files}`, app, env));
  writeFileSync(join(app, 'server.mjs'), SERVER);
  shell('npx tsc --project tsconfig.app.json && npx vite build', app, env);

  const [{ accessKeyId, secretAccessKey }] = store.credentials;
  const port = String(await freePort());
  const where = {
    ...env,
    PORT: port,
    S3_BUCKET: 'deployed',
    S3_ENDPOINT: store.endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  };
  await whileRunning(['node server.mjs', 'npm run preview'], app, where, uploadToEach);
  const minutes = ((Date.now() - began) / 60_000).toFixed(1);
  const names = items.map(({ name }) => name).join(', ');
  console.log(`${items.length} items copied, built, and uploaded to in ${minutes} minutes: ${names}.`);
} finally {
  await browser.close();
  await store.close();
  await registry.close();
  rmSync(folder, { recursive: true, force: true });
}

/** A picture by the file input of each item: the store has to hold it. */
async function uploadToEach(url) {
  const page = await browser.newPage({ viewport: { width: 900, height: 900 } });
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(url);
  const picture = readFileSync(join(root, 'packages/protocol/test/real/sharp.png'));
  for (const [index, { name }] of items.entries()) {
    // What follows the end of a PNG is not looked at.
    const bytes = Buffer.concat([picture, randomBytes(1000)]);
    await page
      .locator('input[type=file]')
      .nth(index)
      .setInputFiles({ name: `${name}.png`, mimeType: 'image/png', buffer: bytes });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    // An avatar is cut before it is sent, so that other bytes are stored.
    const isCut = name === 'upload-avatar';
    if (isCut) await page.getByRole('button', { name: 'Use this part', exact: true }).click();
    const isStored = async () =>
      isCut ? store.objects('deployed').some(({ key }) => key.includes(name)) : await has(store, 'deployed', sha256);
    for (let left = 100; !(await isStored()); left--) {
      if (left === 0)
        throw new Error(`${name} stored nothing. On the page: ${await page.locator('body').textContent()}`);
      await page.waitForTimeout(200);
    }
  }
  await page
    .locator('section [data-portage-item][data-status=complete]')
    .nth(items.length - 1)
    .waitFor();
  const [pictures] = process.argv.slice(2);
  await page.evaluate(readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8'));
  for (const theme of ['light', 'dark']) {
    await page.evaluate((dark) => document.documentElement.classList.toggle('dark', dark), theme === 'dark');
    const shot = { fullPage: true, animations: 'disabled' };
    // Transitions are over after it.
    await page.screenshot({ ...shot, ...(pictures && { path: join(pictures, `copy-and-own-${theme}.png`) }) });
    const { violations } = await page.evaluate(() =>
      axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }),
    );
    for (const { id, nodes } of violations) errors.push(`${theme}, ${id}: ${nodes.map(({ html }) => html).join('; ')}`);
  }
  if (errors.length > 0) throw new Error(errors.join('\n'));
}
