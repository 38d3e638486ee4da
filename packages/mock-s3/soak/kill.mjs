// Kills the store with SIGKILL under load, again and again, and proves after each start that every object is whole or not
// there, and that every part and object that was acknowledged is. Needs a build.
//   node soak/kill.mjs --kills 1000 --seed 1
import { parseArgs } from 'node:util';
import { soak } from './soak.mjs';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
});
const started = performance.now();
const result = await soak({
  kills: Number(values.kills),
  seed: Number(values.seed),
  onKill: (n, counts) => {
    if (n % 50 === 0) console.log(`${n} kills`, JSON.stringify(counts));
  },
});
console.log(JSON.stringify({ ...result, seconds: Math.round((performance.now() - started) / 1000) }, undefined, 2));
process.exitCode = result.torn + result.lost > 0 ? 1 : 0;
