// Starts the backend for development, with ports and data folder from the environment.
import { fileURLToPath } from 'node:url';
import { startBackend } from './start-backend.ts';

const { env } = process;

try {
  const backend = await startBackend({
    apiPort: portOf('PORTAGE_API_PORT'),
    s3Port: portOf('PORTAGE_S3_PORT'),
    regions: true,
    // The same folder whether this runs from `src` or from `dist`.
    dataDir: env['PORTAGE_DATA_DIR'] || fileURLToPath(new URL('../../../.portage', import.meta.url)),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void backend.close());

  console.log(`upload API   ${backend.uploadsUrl}`);
  console.log(`S3 endpoint  ${backend.s3Endpoint}  bucket ${backend.bucket}, region ${backend.region}`);
  console.log(`             keys ${backend.accessKeyId} / ${backend.secretAccessKey}`);
  console.log(`data         ${backend.store.dataDir}`);
} catch (error) {
  // What can be wrong here is a setting, and its message says which.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** Unset or empty is any free port. */
function portOf(name: string): number {
  const value = env[name] ?? '';
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new TypeError(`${name} must be a port number, but is ${value}.`);
}
