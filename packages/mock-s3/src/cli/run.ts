import { MockS3StartError } from '../errors/start-error.ts';
import { createMockS3 } from '../start/create-mock-s3.ts';
import type { MockS3 } from '../start/mock-s3.ts';
import type { MockS3Options } from '../start/options.ts';
import { HELP, parseCommand } from './arguments.ts';

/** The part of `process` that the command needs. */
export interface Terminal {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  once(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  off(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

/**
 * Runs the command until it is told to stop.
 * @param args - Without node and script.
 * @returns The exit code: 0, 1 if the store could not start, 2 for a mistake in the arguments.
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const command = parseCommand(args);
  switch (command.kind) {
    case 'help':
      terminal.stdout.write(HELP);
      return 0;
    case 'mistake':
      terminal.stderr.write(`mock-s3: ${command.message} See mock-s3 --help.\n`);
      return 2;
    case 'start':
      return start(command.options, terminal);
  }
}

async function start(options: MockS3Options, terminal: Terminal): Promise<number> {
  let store: MockS3;
  try {
    store = await createMockS3(options);
  } catch (error) {
    if (!(error instanceof MockS3StartError)) throw error;
    terminal.stderr.write(`mock-s3: ${error.message}\n`);
    return 1;
  }
  const stopped = signalled(terminal);
  terminal.stdout.write(greeting(store));
  await stopped;
  await store.close();
  return 0;
}

/** Resolves at the first signal; a second one, while the first is being obeyed, ends the process as usual. */
function signalled(terminal: Terminal): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      terminal.off('SIGINT', stop);
      terminal.off('SIGTERM', stop);
      resolve();
    };
    terminal.once('SIGINT', stop);
    terminal.once('SIGTERM', stop);
  });
}

function greeting(store: MockS3): string {
  return [
    `S3 endpoint  ${store.endpoint}`,
    ...(store.certificate === undefined ? [] : [`Without TLS  ${store.plainEndpoint}`]),
    `Buckets      ${store.buckets().join(', ')}`,
    `Region       ${store.region}`,
    `Access key   ${store.credentials[0].accessKeyId}`,
    `Secret key   ${store.credentials[0].secretAccessKey}`,
    `Data         ${store.dataDir}`,
    '',
  ].join('\n');
}
