// What six connections get into the store with nothing but PUTs of zeros: `node ceiling.js ORIGIN MILLISECONDS`. Prints
// bits per second.
import { connect } from 'node:net';

const LANES = 6;
const BODY = Buffer.alloc(8 * 1024 * 1024);

const [origin = '', time = '1500'] = process.argv.slice(2);
const { hostname, port } = new URL(origin);
const head = `PUT /ceiling/object HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Length: ${BODY.length}\r\n\r\n`;
const end = performance.now() + Number(time);
const start = performance.now();
let puts = 0;

async function lane(): Promise<void> {
  const socket = connect({ host: hostname, port: Number(port) });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  while (performance.now() < end) {
    socket.write(head);
    socket.write(BODY);
    await new Promise((resolve) => socket.once('data', resolve));
    puts++;
  }
  socket.destroy();
}

await Promise.all(Array.from({ length: LANES }, lane));
console.log(Math.round((puts * BODY.length * 8000) / (performance.now() - start)));
