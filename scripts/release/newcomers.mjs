// What newcomers do, from an empty folder to a stored file: the recipes of the documentation, in templates of others.
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createMockS3 } from '@portage/mock-s3';
import { root } from './pack.mjs';
import { onlyFiles, recipeOf, together } from './recipes.mjs';
import { freePort } from './registry.mjs';

const MiB = 1024 * 1024;
const read = (path) => readFileSync(join(root, path), 'utf8');
export const ofDocs = (heading) => recipeOf(read('docs/first-upload.md'), heading);
export const onPlainNode = () => ofDocs('Vite and React, server on plain Node');
export const installing = (...packages) => ({
  commands: [`npm install ${packages.join(' ')}`],
  starts: [],
  files: new Map(),
});

/** The page of a recipe, with the server of another one, and its way to start both. */
const withServer = ({ commands, ...page }, server) =>
  together({ ...onlyFiles(page, 'src/App.tsx', 'vite.config.ts'), commands }, server);

/** In our components, a row that says it is stored; in Uppy's Dashboard, its own. */
const OUR_ROW = 'li[data-status=complete]';
const DASHBOARD_ROW = '.uppy-Dashboard-Item.is-complete';

/**
 * Each has a recipe. `build` builds it, and `built` serves that, with a store of the rehearsal's where `store` says that it is
 * deployed then. `ports`: files of the template that name the port, too. `makes`: the folder that the command which starts it has
 * made. `copies`: packages that must be there once, in this version. `page`: its path. `never`: what the console must not say.
 * `policy`: the Content-Security-Policy that it comes with.
 * `isBuiltOnly`: it is not tried in development. `checks`: commands that look at it, in place of a browser.
 * `tells`: packages whose versions are told.
 */
export const NEWCOMERS = [
  {
    name: 'npm create portage, Vite',
    recipe: () => ofDocs('Vite, made'),
    makes: 'my-app',
    built: 'npm start',
    store: true,
  },
  {
    name: 'npm create portage, Next.js',
    recipe: () => ofDocs('Next.js, made'),
    makes: 'my-app',
    built: 'npm start',
    store: true,
  },
  { name: 'Vite and React, plain Node', recipe: onPlainNode },
  { name: 'Vite and React, Express', recipe: () => together(onPlainNode(), ofDocs('Express')) },
  {
    name: 'Vite and React, Express’s generator',
    recipe: () => withServer(onPlainNode(), ofDocs('Express in CommonJS')),
    ports: ['server/bin/www'],
  },
  { name: 'Vite and React, Hono', recipe: () => together(onPlainNode(), ofDocs('Hono')) },
  { name: 'Next.js', recipe: () => ofDocs('Next.js'), built: 'npm start', store: true },
  { name: 'TanStack Start', recipe: () => ofDocs('TanStack Start'), store: true },
  {
    name: 'Uppy without React',
    recipe: () => together(onlyFiles(onPlainNode(), 'server.mjs'), ofDocs('Uppy without React')),
    row: DASHBOARD_ROW,
  },
  {
    name: 'Vue',
    recipe: () => together(onlyFiles(onPlainNode(), 'server.mjs'), ofDocs('Vue')),
    row: DASHBOARD_ROW,
  },
  {
    name: 'Signed in by a bearer token',
    recipe: () => together(onPlainNode(), ofDocs('People who are signed in')),
  },
  {
    name: 'Uppy’s packages, older ones',
    recipe: () => together(onPlainNode(), installing('@uppy/core@6.3.1', '@uppy/react@6.0.0', '@uppy/aws-s3@6.3.1')),
    copies: { '@uppy/core': '6.3.1', '@uppy/react': '6.0.0', '@uppy/aws-s3': '6.3.1' },
  },
  {
    name: 'Uppy’s packages, the newest',
    recipe: () => together(onPlainNode(), installing('@uppy/core@6', '@uppy/react@6', '@uppy/aws-s3@6')),
    copies: { '@uppy/core': undefined, '@uppy/react': undefined, '@uppy/aws-s3': undefined },
  },
];

/**
 * Follows a newcomer's recipe in the empty folder `folder`, and uploads 20 MiB in `browser`.
 * @returns how many `commands` and `files` it took, and the `minutes` until the file was stored; what was built stores one, too.
 */
export async function follow(newcomer, { folder, browser, env, deployed }) {
  const {
    recipe,
    build = 'npm run build',
    built = 'npm run preview',
    isBuiltOnly = false,
    row = OUR_ROW,
    copies = {},
    ports = [],
    store = false,
    makes = '',
    page = '',
    never,
    policy,
    checks,
    tells = [],
  } = newcomer;
  const { commands, starts, files } = recipe();
  // The one change to what is printed: a port that is free.
  const port = String(await freePort());
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const world = { ...env, TMPDIR: temporary };
  const began = Date.now();
  let at = folder;
  for (const command of commands) {
    if (command.startsWith('cd ')) at = join(at, command.slice(3));
    else shell(inTerminal(command), at, world);
  }
  const named = ports.map((path) => [path, readFileSync(join(at, path), 'utf8')]);
  for (const [path, content] of [...files, ...named]) {
    mkdirSync(dirname(join(at, path)), { recursive: true });
    writeFileSync(join(at, path), content.replaceAll('3000', port));
  }
  for (const [name, version] of Object.entries(copies)) checkCopies(at, name, version);
  const versions = tells.map((name) => `${name} ${versionOf(name, join(at, makes))}`);
  const seen = { commands: commands.length + starts.length, files: files.size, versions };
  for (const check of checks ?? []) shell(check, at, world);
  if (checks) return { ...seen, minutes: (Date.now() - began) / 60_000 };
  const tryOut = (isStored) => (url) => uploadTo(`${url}${page}`, { browser, row, isStored, never, policy });
  if (!isBuiltOnly) await whileRunning(starts, at, world, tryOut(storedIn(temporary)));
  for (const name of readdirSync(temporary)) rmSync(join(temporary, name), { recursive: true, force: true });
  const minutes = (Date.now() - began) / 60_000;
  at = join(at, makes);
  shell(build, at, world);
  // The last one serves the page.
  const servers = starts.slice(0, -1);
  // What is deployed hears on a port that its environment names.
  const where = { ...world, ...(store && { ...deployed.env, PORT: String(await freePort()) }) };
  const isStored = store ? deployed.has : storedIn(temporary);
  await whileRunning([...servers, built], at, where, tryOut(isStored));
  return { ...seen, minutes };
}

/** Of a package that is installed. */
const versionOf = (name, at) =>
  JSON.parse(readFileSync(join(at, 'node_modules', name, 'package.json'), 'utf8')).version;

/** As people type it: in a terminal templates may ask questions, which nobody answers here. By `script` of util-linux. */
const inTerminal = (command) => (process.platform === 'linux' ? `script -qec '${command}' /dev/null` : command);

/** Runs a command to its end, and returns what it said. */
export function shell(command, cwd, env) {
  const run = spawnSync(command, { cwd, env, shell: true, encoding: 'utf8', maxBuffer: 64 * MiB, input: '' });
  if (run.status !== 0) throw new Error(`${command} ended with ${run.status}:\n${run.stdout}${run.stderr}`);
  return run.stdout + run.stderr;
}

function checkCopies(cwd, name, version) {
  const found = [];
  const look = (folder) => {
    const modules = join(folder, 'node_modules');
    if (!existsSync(modules)) return;
    for (const each of readdirSync(modules)) {
      const own = each.startsWith('@') ? readdirSync(join(modules, each)).map((part) => join(each, part)) : [each];
      for (const inner of own) {
        const manifest = join(modules, inner, 'package.json');
        if (inner === name && existsSync(manifest)) found.push(JSON.parse(readFileSync(manifest, 'utf8')).version);
        look(join(modules, inner));
      }
    }
  };
  look(cwd);
  if (found.length !== 1 || (version !== undefined && found[0] !== version))
    throw new Error(
      `${name} is there as ${found.join(' and ') || 'nothing'}; wanted once, ${version ?? 'the newest'}.`,
    );
}

/** Starts the commands one after another, each once the one before has printed an address; `use` gets the last one. */
export async function whileRunning(commands, cwd, env, use) {
  const children = [];
  try {
    let url;
    for (const command of commands) {
      // A group of its own: npm leaves its children alone when it ends.
      const child = spawn(command, { cwd, env, shell: true, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
      children.push(child);
      url = await printedAddress(child, command);
      await ready(url);
    }
    await use(url);
  } finally {
    for (const child of children) {
      if (child.exitCode !== null) continue;
      process.kill(-child.pid, 'SIGTERM');
      const forced = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), 10_000);
      await new Promise((resolve) => child.once('exit', resolve));
      clearTimeout(forced);
    }
  }
}

function printedAddress(child, command) {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (why) => reject(new Error(`${command} ${why}. It said:\n${said}`));
    const late = setTimeout(() => fail('printed no address within two minutes'), 120_000);
    const hear = (text) => {
      said += text;
      // biome-ignore lint/suspicious/noControlCharactersInRegex: colours, in the middle of addresses too
      const plain = said.replace(/\u001b\[[\d;]*m/g, '');
      const [, address, port] = /(https?:\/\/(?:localhost|127\.0\.0\.1):\d+)|Listening on port (\d+)/.exec(plain) ?? [];
      if (!address && !port) return;
      clearTimeout(late);
      resolve(address ?? `http://localhost:${port}`);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => fail(`ended with ${code}`));
  });
}

/** A development server may print its address before it answers there, or answer 503 while what it serves is being made. */
async function ready(url) {
  const end = Date.now() + 120_000;
  const statusOf = () => fetch(url).then(({ status }) => status, String);
  for (let status = await statusOf(); typeof status === 'string' || status === 503; status = await statusOf()) {
    if (Date.now() > end) throw new Error(`${url} is not ready two minutes after it was printed: ${status}`);
    await pause(250);
  }
}

async function uploadTo(url, { browser, row, isStored, never, policy }) {
  const bytes = randomBytes(20 * MiB);
  const page = await browser.newPage();
  const said = [];
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
  try {
    const response = await page.goto(url, { waitUntil: 'networkidle', timeout: 120_000 });
    if (policy && response.headers()['content-security-policy'] !== policy) throw new Error('it has no such policy');
    const file = { name: 'film.mp4', mimeType: 'video/mp4', buffer: bytes };
    await page.locator('input[type=file]').first().setInputFiles(file);
    await page.locator(row).waitFor({ timeout: 120_000 });
    if (!(await isStored(createHash('sha256').update(bytes).digest('hex')))) throw new Error('other bytes are stored');
    if (never && said.some((text) => never.test(text))) throw new Error(`the console says ${never}`);
  } catch (error) {
    const text = await page.locator('body').textContent();
    throw new Error(`${url}: ${error.message}\nOn the console:\n${said.join('\n')}\nOn the page:\n${text}`);
  } finally {
    await page.close();
  }
}

/** Whether the store of a server that runs has an object of this SHA-256: a copy of its folder is looked at, by a store again. */
const storedIn = (temporary) => async (sha256) => {
  const name = readdirSync(temporary).find((each) => each.startsWith('mock-s3-'));
  if (name === undefined) return false;
  const copy = mkdtempSync(join(temporary, 'copy-'));
  cpSync(join(temporary, name), copy, { recursive: true, filter: (path) => !path.endsWith('mock-s3.pid') });
  const store = await createMockS3({ dataDir: copy, buckets: ['uploads'] });
  return has(store, 'uploads', sha256).finally(() => store.close());
};

/** Whether a bucket of a store has an object of this SHA-256. */
export async function has(store, bucket, sha256) {
  const sums = await Promise.all(store.objects(bucket).map(({ key }) => store.sha256(bucket, key)));
  return sums.includes(sha256);
}

/** A newcomer's environment: nothing of this repository, nothing in npm's cache, and yes to npm's questions. */
export function environment({ folder, own, registry }) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_|NODE_ENV$|INIT_CWD$|BROWSER_EXECUTABLE$|PORTAGE_|S3_|AWS_|PORT$)/i.test(name),
  );
  // The page that Next's template makes asks for a font in the web while it is built; without the web this is in its place.
  const fonts = join(folder, 'fonts.cjs');
  const css = "@font-face { font-family: 'Geist'; font-style: normal; src: local('Arial'); }";
  const address = (name) => `https://fonts.googleapis.com/css2?family=${name}:wght@100..900&display=swap`;
  const answers = Object.fromEntries(['Geist', 'Geist+Mono'].map((name) => [address(name), css]));
  writeFileSync(fonts, `module.exports = ${JSON.stringify(answers)};\n`);
  return {
    ...Object.fromEntries(kept),
    CI: '1',
    npm_config_registry: registry.url,
    npm_config_cache: join(own, 'cache'),
    npm_config_yes: 'true',
    // Bun and pnpm read npm's address of the registry; what they keep stays here too.
    XDG_DATA_HOME: join(own, 'data'),
    BUN_INSTALL_CACHE_DIR: join(own, 'bun'),
    YARN_NPM_REGISTRY_SERVER: registry.url,
    YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
    YARN_GLOBAL_FOLDER: join(own, 'yarn'),
    // In a CI Yarn installs nothing new, and it passes over packages that are younger than a day.
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
    YARN_NPM_MINIMAL_AGE_GATE: '0',
    YARN_ENABLE_TELEMETRY: '0',
    NEXT_TELEMETRY_DISABLED: '1',
    NEXT_FONT_GOOGLE_MOCKED_RESPONSES: fonts,
  };
}
