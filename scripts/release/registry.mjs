// A registry of its own, on this machine alone: it takes our packages, and has all others from the registry that npm uses.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

// The last one for Node 20.
const VERDACCIO = '6.8.0';

export const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** Runs npm in `cwd`, without a word unless it fails. */
export function npm(cwd, ...args) {
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout.trim();
}

/** Starts Verdaccio with everything that it has in `folder`. */
export async function startRegistry(folder) {
  mkdirSync(folder, { recursive: true });
  // Its audit plugin, which is not used here, asks for node-fetch by a tag that not every mirror has.
  const manifest = { private: true, dependencies: { verdaccio: VERDACCIO }, overrides: { 'node-fetch': '2.7.0' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  npm(folder, 'install', '--no-audit', '--no-fund', '--loglevel=error');
  const config = {
    storage: join(folder, 'storage'),
    web: { enable: false },
    uplinks: { npm: { url: npm(folder, 'config', 'get', 'registry'), timeout: '2m', max_fails: 20, maxage: '1h' } },
    packages: {
      '@portage/*': { access: '$all', publish: '$all' },
      'create-portage': { access: '$all', publish: '$all' },
      '**': { access: '$all', proxy: 'npm' },
    },
    // Large manifests of packages with many versions, and our own tarballs.
    max_body_size: '100mb',
    log: { type: 'stdout', level: 'warn' },
  };
  // YAML is what it reads; JSON is YAML.
  writeFileSync(join(folder, 'config.yaml'), JSON.stringify(config));
  const port = await freePort();
  const bin = join(folder, 'node_modules/verdaccio/bin/verdaccio');
  const args = [bin, '--config', join(folder, 'config.yaml'), '--listen', `127.0.0.1:${port}`];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const url = `http://127.0.0.1:${port}/`;
  for (let left = 120; !(await fetch(`${url}-/ping`).catch(() => undefined))?.ok; left--) {
    if (left === 0 || child.exitCode !== null) throw new Error(`The registry did not start:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return {
    url,
    /** Publishes a tarball, as a release does but for its provenance, which only a CI can have signed. */
    publish: (file) =>
      npm(
        folder,
        'publish',
        file,
        '--provenance=false',
        `--registry=${url}`,
        `--//127.0.0.1:${port}/:_authToken=rehearsal`,
      ),
    async close() {
      if (child.exitCode !== null) return;
      child.kill();
      await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}
