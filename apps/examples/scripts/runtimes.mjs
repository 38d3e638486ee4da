// Runs the upload servers of docs/runtimes.md and docs/deployment.md as they are printed there but for their ports, and uploads to
// them: a small file, and one in parts. On Bun and Deno; on workerd, which runs Cloudflare's Workers; and in a container's steps,
// which are carried out here without a container. npm's packages carry the binaries. Run by `npm run test:runtimes`.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createMockS3 } from '@portage/mock-s3';
import { pack, root } from '../../../scripts/release/pack.mjs';
import { recipeOf } from '../../../scripts/release/recipes.mjs';
import { freePort } from '../../../scripts/release/registry.mjs';
import { answering, upload } from './upload.mjs';

const MiB = 1024 * 1024;
const BUCKET = 'uploads';
const RUNTIMES = { Bun: { bun: '1.4.5' }, Deno: { deno: '2.9.6' } };
const WORKERS = { miniflare: '4.20260730.0', esbuild: '0.28.2' };
/** They look at what can be looked at without a container engine. */
const LINTERS = { dclint: '3.1.0', yaml: '2.8.1' };

const instructionsOf = (dockerfile) =>
  dockerfile
    .trim()
    .split('\n')
    .map((line) => /^(\w+) (.*)$/.exec(line).slice(1));

/** What each instruction does, as far as a folder can show it. */
const carryOut = {
  FROM: (_, rest) => {
    if (!/^node:\d+-slim$/.test(rest)) throw new Error(`${rest} is not Node.`);
  },
  WORKDIR: ({ cwd }) => mkdirSync(cwd, { recursive: true }),
  COPY({ cwd }, rest, context) {
    const sources = rest.split(' ').slice(0, -1);
    for (const source of sources) {
      if (!existsSync(join(context, source))) throw new Error(`${source} is not there to be copied.`);
      cpSync(join(context, source), join(cwd, basename(source)));
    }
  },
  RUN: ({ cwd, env }, rest) => run(rest, cwd, { ...process.env, ...env }),
  ENV({ env }, rest) {
    const [name, value] = rest.split('=');
    env[name] = value;
  },
  USER: () => undefined,
  EXPOSE: () => undefined,
  HEALTHCHECK(image, rest) {
    image.healthy = rest.replace(/^.*?CMD /, '');
  },
  CMD(image, rest) {
    image.command = JSON.parse(rest);
  },
};

const recipe = (page, heading) => recipeOf(readFileSync(join(root, page), 'utf8'), heading);
const folder = mkdtempSync(join(tmpdir(), 'portage-runtimes-'));
const packed = { server: `file:${pack('server', folder)}`, protocol: `file:${pack('protocol', folder)}` };
const store = await createMockS3({ buckets: [BUCKET] });
const [{ accessKeyId, secretAccessKey }] = store.credentials;
const PLACE = {
  S3_BUCKET: BUCKET,
  S3_ENDPOINT: store.endpoint,
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  UPLOADS_SECRET: randomBytes(32).toString('hex'),
};
const wanted = process.argv.slice(2);
try {
  const dependencies = { ...Object.assign({}, ...Object.values(RUNTIMES)), ...WORKERS, ...LINTERS };
  writeManifest(folder, dependencies);
  run('npm install --no-audit --no-fund', folder);
  const all = {
    Bun: () => onCommand('Bun', `bun ${RUNTIMES.Bun.bun}`),
    Deno: () => onCommand('Deno', `deno ${RUNTIMES.Deno.deno}`),
    Workers: () => onWorkers(),
    container: () => inSteps(),
  };
  for (const [name, tryOut] of Object.entries(all)) if (wanted.length === 0 || wanted.includes(name)) await tryOut();
} finally {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}

/** A `package.json` whose packages are those of this repository, packed. */
function writeManifest(at, dependencies = {}) {
  const manifest = {
    private: true,
    type: 'module',
    dependencies: { ...dependencies, '@portage/server': packed.server },
    overrides: { '@portage/protocol': packed.protocol },
  };
  writeFileSync(join(at, 'package.json'), JSON.stringify(manifest));
}

function run(command, cwd, env = process.env) {
  if (spawnSync(command, { cwd, env, shell: true, stdio: 'inherit' }).status !== 0)
    throw new Error(`${command} failed; see above.`);
}

function write(at, files, change = (content) => content) {
  mkdirSync(at, { recursive: true });
  for (const [path, content] of files) writeFileSync(join(at, path), change(content));
}

/** Sends a small file and one in parts to the server at `base`. */
async function uploadBoth(base, name) {
  for (const size of [100, 20 * MiB]) {
    const { key, sha256, parts } = await upload(base, size, 8 * MiB);
    if ((await store.sha256(BUCKET, key)) !== sha256) throw new Error(`${name}: other bytes are stored`);
    console.log(`✓ ${name}: ${size} bytes in ${parts} part${parts === 1 ? '' : 's'}, stored byte for byte.`);
  }
}

/** Starts a server, uploads to it, and asks it to end; resolves with its exit code. */
async function serving(command, args, { cwd, env, port, name }) {
  const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    const base = `http://127.0.0.1:${port}/api/uploads`;
    await answering(`${base}/readyz`);
    await uploadBoth(base, name);
  } finally {
    child.kill();
  }
  return ended;
}

async function onCommand(heading, name) {
  const { files, starts } = recipe('docs/runtimes.md', heading);
  const port = String(await freePort());
  const cwd = join(folder, heading);
  write(cwd, files, (content) => content.replaceAll('3000', port));
  const [command, ...args] = starts[0].split(' ');
  const env = { ...process.env, ...PLACE };
  await serving(join(folder, 'node_modules/.bin', command), args, { cwd, env, port, name });
}

/** As `wrangler dev` does: the Worker bundled by esbuild, with the settings of its file. */
async function onWorkers() {
  const require = createRequire(join(folder, 'package.json'));
  const { Miniflare } = await import(require.resolve('miniflare'));
  const { build } = await import(require.resolve('esbuild'));
  const { files } = recipe('docs/deployment.md', 'Cloudflare Workers');
  const cwd = join(folder, 'workers');
  write(cwd, files);
  const settings = JSON.parse(files.get('wrangler.jsonc'));
  const conditions = ['workerd', 'worker', 'import'];
  const bundle = {
    entryPoints: [join(cwd, settings.main)],
    bundle: true,
    format: 'esm',
    write: false,
    conditions,
    external: ['cloudflare:workers'],
  };
  const { outputFiles } = await build({ ...bundle, nodePaths: [join(folder, 'node_modules')] });
  const worker = new Miniflare({
    modules: true,
    script: outputFiles[0].text,
    compatibilityDate: settings.compatibility_date,
    bindings: { ...settings.vars, ...PLACE },
  });
  try {
    const base = new URL('/api/uploads', await worker.ready);
    await uploadBoth(base.href, `Workers, workerd by miniflare ${WORKERS.miniflare}`);
  } finally {
    await worker.dispose();
  }
}

/** The Dockerfile's steps in a folder of their own; then the server of the compose file, with what that says. */
async function inSteps() {
  const { files } = recipe('docs/deployment.md', 'A container');
  const context = join(folder, 'container');
  write(context, files);
  writeManifest(context);
  run('npm install --package-lock-only --no-audit --no-fund', context);
  run(`${join(folder, 'node_modules/.bin/dclint')} compose.yaml`, context);

  const image = { cwd: join(folder, 'image'), env: {}, command: [], healthy: '' };
  for (const [instruction, rest] of instructionsOf(files.get('Dockerfile'))) {
    console.log(`${instruction} ${rest}`);
    carryOut[instruction](image, rest, context);
  }

  const require = createRequire(join(folder, 'package.json'));
  const { parse } = await import(require.resolve('yaml'));
  const { services } = parse(files.get('compose.yaml'));
  const given = { STORE_PASSWORD: secretAccessKey, STORE_URL: store.endpoint, UPLOADS_SECRET: PLACE.UPLOADS_SECRET };
  const port = String(await freePort());
  const env = {
    ...process.env,
    ...image.env,
    ...Object.fromEntries(
      Object.entries(services.uploads.environment).map(([name, text]) => [name, filled(text, given)]),
    ),
    // In place of the store's container: its name in the network, and its user.
    S3_ENDPOINT: store.endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    PORT: port,
  };
  const [command, ...args] = image.command;
  const checked = answering(`http://127.0.0.1:${port}/api/uploads/readyz`).then(() =>
    run(image.healthy, image.cwd, env),
  );
  const name = 'The container’s steps';
  const [code] = await Promise.all([serving(command, args, { cwd: image.cwd, env, port, name }), checked]);
  if (code !== 0) throw new Error(`${name}: SIGTERM ended it with ${code}`);
  console.log(`✓ ${name}: healthy, and ended by SIGTERM.`);
}

/** `${NAME:-default}` and `${NAME:?why}` of a compose file. */
function filled(text, given) {
  return String(text).replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name, kind, rest) => {
    const value = given[name] ?? (kind === '-' ? rest : undefined);
    if (value === undefined) throw new Error(`The compose file wants ${name}.`);
    return value;
  });
}
