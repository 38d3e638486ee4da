import { EventEmitter, once } from 'node:events';
import { expect, test } from 'vitest';
import { startStore } from '../test-support/start-store.ts';
import { parseCommand } from './arguments.ts';
import { run } from './run.ts';

/** A terminal that keeps what is written to it. */
class FakeTerminal extends EventEmitter {
  out = '';
  err = '';
  readonly stdout = {
    write: (text: string) => {
      this.out += text;
      this.emit('output');
    },
  };
  readonly stderr = {
    write: (text: string) => {
      this.err += text;
    },
  };
}

test.each(['SIGINT', 'SIGTERM'])('prints where it listens, and stops on %s', async (signal) => {
  const terminal = new FakeTerminal();
  const exit = run(['--port', '0', '--bucket', 'one', '--bucket', 'two'], terminal);
  await once(terminal, 'output');
  const endpoint = /http:\S+/.exec(terminal.out)?.[0] ?? '';
  expect(terminal.out).toContain('one, two');
  expect((await fetch(endpoint)).status).toBe(403);
  terminal.emit(signal);
  expect(await exit).toBe(0);
  await expect(fetch(endpoint)).rejects.toThrow();
});

test('says which port is taken', async () => {
  const { store } = await startStore();
  const terminal = new FakeTerminal();
  expect(await run(['--port', String(store.port)], terminal)).toBe(1);
  expect(terminal.err).toContain(`Port ${store.port} on 127.0.0.1 is taken.`);
});

test('says what is wrong with the data folder', async () => {
  const terminal = new FakeTerminal();
  expect(await run(['--port', '0', '--data', import.meta.filename], terminal)).toBe(1);
  expect(terminal.err).toContain('data folder');
});

test.each([[['--port', 'http']], [['--prot', '1']], [['--port', '99999']], [['--mimic', 's4']], [['stray']]])(
  'takes %j for a mistake',
  async (args) => {
    const terminal = new FakeTerminal();
    expect(await run(args, terminal)).toBe(2);
    expect(terminal.err).toContain('mock-s3 --help');
  },
);

test('shows help', async () => {
  const terminal = new FakeTerminal();
  expect(await run(['--help'], terminal)).toBe(0);
  expect(terminal.out).toContain('--secret-key');
});

test('takes TLS and HTTP/2, and says where it listens without', async () => {
  expect(parseCommand(['--tls'])).toMatchObject({ kind: 'start', options: { tls: true } });
  const terminal = new FakeTerminal();
  const exit = run(['--port', '0', '--http2'], terminal);
  await once(terminal, 'output');
  expect(terminal.out).toMatch(/S3 endpoint {2}https:/);
  expect((await fetch(/http:\S+/.exec(terminal.out)?.[0] ?? '')).status).toBe(403);
  terminal.emit('SIGTERM');
  expect(await exit).toBe(0);
});

test('takes the name of another store', () => {
  expect(parseCommand(['--mimic', 'r2'])).toMatchObject({ kind: 'start', options: { mimic: 'r2' } });
});

test('takes a profile and a seed, and says so when there is no such profile', () => {
  const command = parseCommand(['--profile', 'flaky-3g', '--seed', '7']);
  expect(command).toMatchObject({ kind: 'start', options: { faults: { profile: 'flaky-3g', seed: '7' } } });
  expect(parseCommand(['--profile', 'dial-up'])).toMatchObject({
    kind: 'mistake',
    message: expect.stringContaining('lte'),
  });
  expect(parseCommand(['--faults', '/nowhere.json'])).toMatchObject({ kind: 'mistake' });
});
