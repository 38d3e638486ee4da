/** Serves what another server serves, with headers of its own on every response. */
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export async function serveWithHeaders(target: string, headers: Readonly<Record<string, string>>) {
  const server = createServer((incoming, outgoing) => {
    const { method, url = '/' } = incoming;
    const onward = request(new URL(url, target), { method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...headers });
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
