/** WebKit as GTK has it, driven by WebDriver: Playwright has no WebKit that runs on a system's own libraries. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

const DRIVER = '/usr/bin/WebKitWebDriver';
const DISPLAY_SERVER = '/usr/bin/Xvfb';

/** WebKit's small browser lies beside its library: `/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser`. */
function findBrowser(): string | undefined {
  const inside = (folder: string) => (existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []);
  const architectures = inside('/usr/lib').filter((path) => path.includes('-linux-'));
  const libraries = architectures.flatMap(inside).filter((path) => path.includes('webkit'));
  return libraries.map((path) => join(path, 'MiniBrowser')).find((path) => existsSync(path));
}

/** Why WebKit cannot be run here; undefined where it can. */
export function whyNot(): string | undefined {
  const missing = [DRIVER, DISPLAY_SERVER].filter((path) => !existsSync(path));
  if (!findBrowser()) missing.push('MiniBrowser');
  if (missing.length === 0) return undefined;
  return `No ${missing.join(', no ')} here: on Debian, install webkit2gtk-driver and xvfb.`;
}

export interface WebKit {
  open(url: string): Promise<void>;
  /** Runs the body of an async function in the page; its arguments are `args`. */
  run<T>(body: string, ...args: readonly unknown[]): Promise<T>;
  /** Picks a file in the page's file input. */
  pick(path: string): Promise<void>;
  close(): Promise<void>;
}

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** @see https://www.w3.org/TR/webdriver2/ */
export async function startWebKit(): Promise<WebKit> {
  // The server itself takes a free display, and says which.
  const screen = spawn(DISPLAY_SERVER, ['-displayfd', '1', '-screen', '0', '1024x768x24', '-nolisten', 'tcp']);
  const [display] = (await once(createInterface(screen.stdout), 'line')) as [string];
  const port = await freePort();
  const driver = spawn(DRIVER, [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: `:${display}`,
      // Its sandbox needs rights that root in a container does not have.
      ...(process.getuid?.() === 0 && { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' }),
      WEBKIT_DISABLE_DMABUF_RENDERER: '1',
    },
  });

  async function call<T>(method: string, path: string, body?: object): Promise<T> {
    const init = { method, ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
    const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
    if (!response.ok) throw new Error(`WebDriver: ${value.error}: ${value.message}`);
    return value;
  }

  await untilReady(() => call<{ ready: boolean }>('GET', '/status'));
  const options = { binary: findBrowser(), args: ['--automation'] };
  const { sessionId } = await call<{ sessionId: string }>('POST', '/session', {
    // Nobody has signed the certificates of tests.
    capabilities: { alwaysMatch: { acceptInsecureCerts: true, 'webkitgtk:browserOptions': options } },
  });
  const session = `/session/${sessionId}`;
  await call('POST', `${session}/timeouts`, { script: 120_000 });

  return {
    open: async (url) => void (await call('POST', `${session}/url`, { url })),
    async run<T>(body: string, ...args: readonly unknown[]) {
      const script = `const args = [...arguments]; const done = args.pop();
        (async (...args) => { ${body} })(...args).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
      const { value, error } = await call<{ value: T; error?: string }>('POST', `${session}/execute/async`, {
        script,
        args,
      });
      if (error) throw new Error(error);
      return value;
    },
    async pick(path) {
      const input = await call<Record<string, string>>('POST', `${session}/element`, {
        using: 'css selector',
        value: 'input[type=file]',
      });
      await call('POST', `${session}/element/${input[ELEMENT]}/value`, { text: path });
    },
    async close() {
      await call('DELETE', session).catch(() => {});
      await Promise.all([end(driver), end(screen)]);
    },
  };
}

async function untilReady(status: () => Promise<{ ready: boolean }>): Promise<void> {
  for (;;) {
    const { ready } = await status().catch(() => ({ ready: false }));
    if (ready) return;
    await delay(50);
  }
}

async function end(process: ChildProcess): Promise<void> {
  const ended = once(process, 'exit');
  process.kill();
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
