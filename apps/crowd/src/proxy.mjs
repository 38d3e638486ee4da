// A plain proxy before several servers: each connection goes to the next one that takes it.
import { connect, createServer } from 'node:net';

export async function startProxy(ports) {
  let turn = 0;
  const server = createServer((client) => {
    client.on('error', () => {});
    pass(client, ports.length);
  });
  const pass = (client, tries) => {
    turn += 1;
    const upstream = connect(ports[turn % ports.length], '127.0.0.1');
    let connected = false;
    upstream.on('connect', () => {
      connected = true;
      client.pipe(upstream).pipe(client);
      client.on('close', () => upstream.destroy());
    });
    upstream.on('close', () => (connected ? client.destroy() : undefined));
    upstream.on('error', () => {
      if (connected || tries <= 1) client.destroy();
      else pass(client, tries - 1);
    });
  };
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: server.address().port, close: () => server.close() };
}
