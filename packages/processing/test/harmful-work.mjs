// What a file may do to the process that looks at it: for children.test.ts.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const held = [];
export async function work({ path }, { does }) {
  if (does === 'start') {
    // As ffmpeg would go on.
    const { pid } = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    writeFileSync(path, String(pid));
    does = 'loop';
  }
  if (does === 'loop') for (;;);
  if (does === 'grow')
    for (;;) held.push(Buffer.alloc(16 * 1024 ** 2, held.length + 1)) && (await new Promise(setImmediate));
  if (does === 'crash') process.kill(process.pid, 'SIGSEGV');
  if (does === 'talk') {
    const say = () => process.send?.({ rss: 600 * 1024 ** 2 });
    say();
    setImmediate(() => {
      for (let i = 0; i < 20; i += 1) say();
    });
  }
  if (does === 'throw') throw new TypeError('a fault of ours');
  return { kind: 'done', result: { pid: process.pid, environment: Object.keys(process.env).sort(), path } };
}
