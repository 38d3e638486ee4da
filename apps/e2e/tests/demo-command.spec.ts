/** `npm run demo`, as the README says. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, sha256, test } from '../support/fixtures.ts';

// Each starts a dev server of its own on the same folder.
test.describe.configure({ mode: 'serial', timeout: 120_000 });

const root = fileURLToPath(new URL('../../..', import.meta.url));

interface Demo {
  readonly child: ChildProcess;
  readonly output: string;
  /** The address behind a name, as printed. */
  address(name: string): string;
  /** Ends it as Ctrl+C does; returns its exit code. */
  interrupt(): Promise<number | null>;
}

async function startDemo(env: Record<string, string>): Promise<Demo> {
  const child = spawn(process.execPath, ['scripts/portage.mjs', 'demo'], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let output = '';
  for await (const line of createInterface({ input: child.stdout })) {
    output += `${line}\n`;
    if (line.includes('Ctrl+C')) break;
  }
  child.stdout.resume();
  return {
    child,
    output,
    address: (name) => new RegExp(`${name}\\s+(http\\S+)`).exec(output)?.[1] ?? `${name} is not in: ${output}`,
    interrupt: () => {
      child.kill('SIGINT');
      return exited;
    },
  };
}

async function occupy(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  return { server, port: address.port };
}

async function freePort(): Promise<number> {
  const { server, port } = await occupy();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('starts everything, takes the ports it is given, keeps what it stored, and stops on Ctrl+C', async ({
  page,
  folder,
  makeFile,
}) => {
  const [demoPort, apiPort, s3Port] = [await freePort(), await freePort(), await freePort()].map(String);
  const env = {
    PORTAGE_DEMO_PORT: String(demoPort),
    PORTAGE_API_PORT: String(apiPort),
    PORTAGE_S3_PORT: String(s3Port),
    PORTAGE_DATA_DIR: `${folder}/data`,
  };
  const demo = await startDemo(env);
  expect(demo.address('demo')).toBe(`http://127.0.0.1:${demoPort}/`);
  expect(demo.address('upload API')).toContain(`:${apiPort}/`);
  expect(demo.address('S3 endpoint')).toContain(`:${s3Port}`);
  expect(demo.output).toMatch(/bucket \S+, access key \S+, secret key \S+/);

  const file = await makeFile('film.mp4', 20_000_000);
  await page.goto(demo.address('demo'));
  // The first one is the sample's.
  await page.locator('input[type=file]').last().setInputFiles(file.path);
  await expect(page.locator('li[data-status=complete]')).toBeVisible();

  // A photo gets its thumbnail by the worker in the same process; there is nothing to install for it.
  await page.getByRole('link', { name: 'Photos and films' }).click();
  // The input of the page before goes with it.
  await expect(page.getByRole('heading', { name: 'Upload photos and films' })).toBeVisible();
  await page.locator('input[type=file]').setInputFiles(`${root}/docs/demo.png`);
  const photo = page
    .getByRole('listitem')
    .filter({ hasText: /^demo\.png/ })
    .last();
  await expect(photo.locator('img')).toHaveJSProperty('complete', true, { timeout: 60_000 });
  await expect
    .poll(() => photo.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth))
    .toBeGreaterThan(0);
  await expect(photo).toContainText(/\d+ × \d+/);
  await expect(page.getByText(/ 1 done, 0 failed/)).toBeVisible();
  expect(await demo.interrupt()).toBe(0);
  await expect(fetch(demo.address('upload API'))).rejects.toThrow();

  const again = await startDemo(env);
  const objects = await (await fetch(new URL('/api/objects', again.address('upload API')))).json();
  // What was made of the photo is no file of anybody's.
  expect(objects).toHaveLength(2);
  const film = objects.find(({ name }: { name: string }) => name === 'film.mp4');
  expect(film.size).toBe(20_000_000);
  const key = encodeURIComponent(film.key);
  const stored = await (await fetch(new URL(`/api/objects/${key}/sha256`, again.address('upload API')))).json();
  expect(stored.sha256).toBe(await sha256(file.path));
  expect(await again.interrupt()).toBe(0);
});

test('takes free ports where the wanted ones are taken, and says so', async ({ page, folder }) => {
  const taken = await Promise.all([occupy(), occupy(), occupy()]);
  const [demoPort, apiPort, s3Port] = taken.map(({ port }) => String(port));
  const demo = await startDemo({
    PORTAGE_DEMO_PORT: String(demoPort),
    PORTAGE_API_PORT: String(apiPort),
    PORTAGE_S3_PORT: String(s3Port),
    PORTAGE_DATA_DIR: `${folder}/data`,
  });
  for (const port of [demoPort, apiPort, s3Port]) {
    expect(demo.output).toMatch(new RegExp(`${port}.*taken|taken.*${port}`));
  }
  await page.goto(demo.address('demo'));
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  expect(await demo.interrupt()).toBe(0);
  for (const { server } of taken) server.close();
});
