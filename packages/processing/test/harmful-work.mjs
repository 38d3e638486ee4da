// What a file may do to the process that looks at it: for children.test.ts.
const held = [];
export async function work({ path }, { does }) {
  if (does === 'loop') for (;;);
  if (does === 'grow')
    for (;;) held.push(Buffer.alloc(16 * 1024 ** 2, held.length + 1)) && (await new Promise(setImmediate));
  if (does === 'crash') process.kill(process.pid, 'SIGSEGV');
  if (does === 'throw') throw new TypeError('a fault of ours');
  return { kind: 'done', result: { pid: process.pid, environment: Object.keys(process.env).sort(), path } };
}
