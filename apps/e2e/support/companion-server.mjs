/** A Companion server in a process of its own: says its port on one line, and ends with its standard input. */
import { createServer } from 'node:http';
import { app, socket } from '@uppy/companion';

const options = JSON.parse(process.argv[2] ?? '{}');
const server = createServer();
server.listen(options.port ?? 0, '127.0.0.1', () => {
  const { port } = server.address();
  const companion = app({
    secret: 'a secret for tests',
    filePath: options.filePath,
    server: { host: `127.0.0.1:${port}`, protocol: 'http' },
    corsOrigins: true,
    uploadUrls: ['http://127.0.0.1'],
    enableUrlEndpoint: true,
    // Companion downloads from private addresses only where it is told to.
    allowLocalUrls: true,
    metrics: false,
    s3: options.s3,
  });
  server.on('request', companion.app);
  socket(server);
  process.stdout.write(`\nport ${port}\n`);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit());
