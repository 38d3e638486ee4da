import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type FaultSchedule, InvalidFaults, parseFaults } from '../faults/faults.ts';
import { PROFILES } from '../faults/profiles/network-profiles.ts';
import { MIMICS, type MimicName } from '../mimic/mimic.ts';
import type { MockS3Options } from '../start/options.ts';

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'start'; readonly options: MockS3Options }
  | { readonly kind: 'mistake'; readonly message: string };

const MIMIC_NAMES = Object.keys(MIMICS) as MimicName[];

export const HELP = `mock-s3 - an S3-compatible object store on disk, for development and tests

Usage: mock-s3 [options]

  --port <number>        Port to listen on, 0 for a free one        (default: 9000)
  --host <address>       Address to listen on                       (default: 127.0.0.1)
  --tls                  Speak TLS, with a certificate made by openssl that nobody has signed
  --http2                Speak HTTP/2 and TLS
  --data <folder>        Where objects are kept                     (default: a temporary folder, deleted at the end)
  --bucket <name>        A bucket that shall exist; may be repeated (default: uploads)
  --access-key <id>      Access key id                              (default: a random one, kept with the data)
  --secret-key <secret>  Secret access key                          (default: a random one, kept with the data)
  --region <name>        Region that signatures must name           (default: us-east-1)
  --mimic <name>         The store to behave like: ${MIMIC_NAMES.join(', ')}
                                                                    (default: aws)
  --profile <name>       A network or store with faults, see below  (default: none)
  --faults <file>        Faults as JSON, see the README
  --seed <number>        The same seed gives the same faults        (default: 1)
  --fsync                Survive a loss of power, not only a kill
  --help                 Show this

Profiles
${Object.entries(PROFILES)
  .map(([name, { summary }]) => `  ${name.padEnd(12)} ${summary}`)
  .join('\n')}
`;

/** Reads the command line. @param args - Without node and script. */
export function parseCommand(args: readonly string[]): Command {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '9000' },
        host: { type: 'string' },
        data: { type: 'string' },
        tls: { type: 'boolean', default: false },
        http2: { type: 'boolean', default: false },
        bucket: { type: 'string', multiple: true, default: ['uploads'] },
        'access-key': { type: 'string' },
        'secret-key': { type: 'string' },
        region: { type: 'string' },
        mimic: { type: 'string', default: 'aws' },
        profile: { type: 'string' },
        faults: { type: 'string' },
        seed: { type: 'string' },
        fsync: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return { kind: 'help' };
    const port = Number(values.port);
    if (!/^\d{1,5}$/.test(values.port) || port > 65_535) {
      return { kind: 'mistake', message: `--port must be a number from 0 to 65535, not "${values.port}".` };
    }
    const mimic = MIMIC_NAMES.find((name) => name === values.mimic);
    if (mimic === undefined) {
      return { kind: 'mistake', message: `--mimic must be one of ${MIMIC_NAMES.join(', ')}, not "${values.mimic}".` };
    }
    const { 'access-key': accessKeyId, 'secret-key': secretAccessKey } = values;
    if ((accessKeyId === undefined) !== (secretAccessKey === undefined))
      return { kind: 'mistake', message: '--access-key and --secret-key belong together.' };
    const faults = readFaults(values);
    return {
      kind: 'start',
      options: {
        port,
        buckets: values.bucket,
        ...(accessKeyId !== undefined &&
          secretAccessKey !== undefined && { credentials: [{ accessKeyId, secretAccessKey }] }),
        fsync: values.fsync,
        ...(values.tls && { tls: true }),
        ...(values.http2 && { http2: true }),
        mimic,
        ...(faults && { faults }),
        ...(values.host !== undefined && { host: values.host }),
        ...(values.data !== undefined && { dataDir: values.data }),
        ...(values.region !== undefined && { region: values.region }),
      },
    };
  } catch (error) {
    return { kind: 'mistake', message: error instanceof Error ? error.message : String(error) };
  }
}

/** Throws a sentence for whoever typed it. */
function readFaults({
  profile,
  faults,
  seed,
}: {
  profile?: string;
  faults?: string;
  seed?: string;
}): FaultSchedule | undefined {
  if (profile === undefined && faults === undefined) return undefined;
  const fromFile = faults === undefined ? {} : parseFaults(readJsonFile(faults));
  return {
    ...fromFile,
    ...(profile !== undefined && parseFaults(profile)),
    ...(seed !== undefined && { seed }),
  };
}

function readJsonFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new InvalidFaults(`${path} can not be read as JSON: ${cause instanceof Error ? cause.message : cause}.`);
  }
}
