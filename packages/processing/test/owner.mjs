// A process that opens the embedded queue in the folder of its argument, and holds a job of it: for queue.test.ts.
import { randomUUID } from 'node:crypto';
import { embeddedQueue } from '../dist/pg-boss/index.js';

const queue = embeddedQueue({ folder: process.argv[2] });
try {
  await queue.open('held', { seconds: 60, attempts: 2 });
  const held = new Promise((resolve) => queue.work('held', 1, () => new Promise(() => resolve())));
  await queue.add('held', { id: randomUUID(), data: {} });
  await held;
  process.send('open');
} catch (error) {
  process.send(error.code ?? String(error));
}
