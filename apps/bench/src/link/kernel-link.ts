/** Two network namespaces with a wire of ours between them: both ends have the kernel's own TCP. Linux, as root. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Link, type LinkShape, queueOf } from './link.ts';

const CLIENT = '10.77.0.2';
const SERVER = '10.77.0.1';
const DEVICE = 'wire0';
const SOURCE = join(import.meta.dirname, '../../link/link.c');

/** Ethernet's. Of 1,500 bytes, TCP's payload is 1,448. */
const MTU = 1500;

/** What keeps this machine from having namespaces with a wire between them; undefined where nothing does. */
export function whyNoKernelLink(): string | undefined {
  if (process.platform !== 'linux') return 'this is not Linux';
  if (process.getuid?.() !== 0) return 'this is not run as root';
  if (!existsSync('/dev/net/tun')) return 'there is no /dev/net/tun';
  for (const tool of ['ip', 'cc']) if (!has(tool)) return `there is no \`${tool}\` (packages iproute2, gcc, libc6-dev)`;
  return undefined;
}

export async function startKernelLink({ seed = 1 }: { seed?: number } = {}): Promise<Link> {
  const program = compile();
  removeAbandoned();
  const client = `${PREFIX}${process.pid}-client`;
  const server = `${PREFIX}${process.pid}-server`;
  for (const name of [client, server]) ip('netns', 'add', name);
  const child = spawn(program, [client, server, DEVICE, String(seed)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const dispose = async () => {
    const ended = child.exitCode === null ? new Promise((resolve) => child.once('exit', resolve)) : undefined;
    child.stdin.end();
    await ended;
    for (const name of [client, server]) ip('netns', 'del', name);
  };
  try {
    const ask = await conversation(child);
    const congestion = await setUp({ client, server });
    const send = async (line: string) => void (await ask(line));
    return {
      kind: 'kernel',
      description: `two network namespaces, the kernel's TCP (${congestion}), packets shaped by link.c`,
      serverHost: SERVER,
      serverPrefix: ['ip', 'netns', 'exec', server],
      clientPrefix: ['ip', 'netns', 'exec', client],
      reach: async (port) => `http://${SERVER}:${port}`,
      shape: (shape) => send(`both stall=0 ${shapeArguments(shape)}`),
      setRate: (rate) => send(`both rate=${rate}`),
      stall: (milliseconds) => send(`both stall=${milliseconds * 1000}`),
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** In the words of `link.c`. */
export function shapeArguments(shape: LinkShape): string {
  const { rate, roundTrip, connectionRate = 0, loss = 0 } = shape;
  const values = {
    rate,
    queue: rate === 0 ? 0 : queueOf(shape),
    flowrate: connectionRate,
    flowqueue: connectionRate === 0 ? 0 : queueOf({ rate: connectionRate, roundTrip }),
    delay: roundTrip * 500,
    loss,
  };
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

/** Compiled once for each version of the source. */
export function compile(): string {
  const source = readFileSync(SOURCE);
  const folder = join(tmpdir(), 'portage-bench');
  const program = join(folder, `link-${createHash('sha256').update(source).digest('hex').slice(0, 16)}`);
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  execFileSync('cc', ['-O2', '-o', `${program}.${process.pid}`, SOURCE], { stdio: 'inherit' });
  renameSync(`${program}.${process.pid}`, program);
  return program;
}

/** One line in, one line out. Resolves when the program says that it is ready. */
export async function conversation(child: ChildProcess): Promise<(line: string) => Promise<string>> {
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new TypeError('The link was started without pipes.');
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error('The link has ended; what it said stands above.');
    return value as string;
  };
  await next();
  return (line) => {
    stdin.write(`${line}\n`);
    return next();
  };
}

/** Returns the congestion control that both ends use. */
async function setUp({ client, server }: { client: string; server: string }): Promise<string> {
  // The algorithm of nearly all clients and servers, and the only one that every kernel has beside reno.
  allowCubic();
  for (const [name, address] of [
    [client, CLIENT],
    [server, SERVER],
  ] as const) {
    ip('-n', name, 'link', 'set', 'lo', 'up');
    ip('-n', name, 'link', 'set', DEVICE, 'mtu', String(MTU), 'txqueuelen', '10000', 'up');
    ip('-n', name, 'addr', 'add', `${address}/24`, 'dev', DEVICE);
    const settings = [
      'net/ipv4/tcp_congestion_control=cubic',
      // What one run has learned of the path must not help the next.
      'net/ipv4/tcp_no_metrics_save=1',
    ].map((setting) => setting.split('='));
    for (const [path, value] of settings)
      execFileSync('ip', ['netns', 'exec', name, 'sh', '-c', `echo ${value} > /proc/sys/${path}`]);
  }
  // Without a way out, Chromium takes itself for offline.
  ip('-n', client, 'route', 'add', 'default', 'via', SERVER);
  const path = '/proc/sys/net/ipv4/tcp_congestion_control';
  return execFileSync('ip', ['netns', 'exec', client, 'cat', path], { encoding: 'utf8' }).trim();
}

/** A namespace may only choose what the machine allows. This allows more, and changes nothing else. */
export function allowCubic(): void {
  const folder = '/proc/sys/net/ipv4';
  const allowed = readFileSync(`${folder}/tcp_allowed_congestion_control`, 'utf8').trim().split(' ');
  if (allowed.includes('cubic')) return;
  execFileSync('sh', ['-c', `echo ${allowed.join(' ')} cubic > ${folder}/tcp_allowed_congestion_control`]);
}

const PREFIX = 'portage-bench-';

/** Namespaces of a run that was killed. */
export function removeAbandoned(): void {
  for (const name of ip('netns', 'list').match(/\S+/g) ?? []) {
    const [, pid] = /^portage-bench-(\d+)-/.exec(name) ?? [];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) ip('netns', 'del', name);
  }
}

function has(tool: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${tool}`]);
    return true;
  } catch {
    return false;
  }
}

const ip = (...args: string[]) => execFileSync('ip', args, { encoding: 'utf8' });
