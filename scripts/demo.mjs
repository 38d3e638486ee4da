// Runs the demo: the mock backend and the page, in this one process, until Ctrl+C.
import { join } from 'node:path';
import { createLogger, createServer } from 'vite';
import { startBackend } from '../apps/mock-backend/dist/index.js';

const { PORTAGE_DEMO_PORT, PORTAGE_API_PORT, PORTAGE_S3_PORT, PORTAGE_DATA_DIR = '.portage' } = process.env;

/**
 * @param options - For the backend, beside ports and folders.
 * @returns The page's address, and what stops everything.
 */
export async function startDemo(options = {}) {
  // Known when the page has its port; both are read at each request.
  const origins = [];
  const backend = await startBackend({
    regions: true,
    ...options,
    apiPort: portOf('PORTAGE_API_PORT', PORTAGE_API_PORT),
    s3Port: portOf('PORTAGE_S3_PORT', PORTAGE_S3_PORT),
    dataDir: PORTAGE_DATA_DIR,
    queueDir: `${PORTAGE_DATA_DIR}-queue`,
    origins,
    s3: { cors: { origins } },
  });
  const port = portOf('PORTAGE_DEMO_PORT', PORTAGE_DEMO_PORT);
  process.env.PORTAGE_API_URL = backend.apiUrl;
  const logger = createLogger('warn');
  const { error } = logger;
  // "Kill the server" is a button of the page: what does not reach the server meanwhile is no news.
  logger.error = (message, options) => message.includes('http proxy error') || error(message, options);
  const page = await createServer({
    configFile: join(import.meta.dirname, '../apps/demo/vite.config.ts'),
    customLogger: logger,
    clearScreen: false,
    server: { host: '127.0.0.1', port },
  });
  await page.listen();
  const demo = page.resolvedUrls?.local[0];
  for (const url of page.resolvedUrls?.local ?? []) origins.push(new URL(url).origin);
  origins.push(...origins.map((origin) => origin.replace('127.0.0.1', 'localhost')));
  if (port && !demo?.includes(`:${port}/`)) console.log(`Port ${port} is taken; the demo took a free one.`);

  console.log(`
  demo         ${demo}
  upload API   ${backend.uploadsUrl}
  S3 endpoint  ${backend.s3Endpoint}
               bucket ${backend.bucket}, access key ${backend.accessKeyId}, secret key ${backend.secretAccessKey}
  second one   ${backend.west?.endpoint}
  data         ${PORTAGE_DATA_DIR}

  Ctrl+C stops everything.
`);

  const close = () => Promise.all([page.close(), backend.close()]);
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await close();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return { url: demo, close };
}

function portOf(name, value) {
  if (value === undefined || value === '') return 0;
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  console.error(`${name} is ${value}, which is no port: give a number from 0 to 65535, or nothing for a free one.`);
  process.exit(2);
}
