// Kills a region at random moments of uploads of 64 MiB, and stops it at as many: `npm run test:region-kills`, a quarter of an
// hour. Each file must be stored once, whole, and the app be told of it once. Where the region goes while its upload is being
// begun, nobody hears of what was begun: the lifecycle rule of the bucket takes it.
import { killOnce } from './src/region-kills.mjs';

const runs = Number(process.argv[2] ?? 30);
const AT_ONCE = 3;
/** The upload takes so long where nothing happens, in milliseconds: kills are spread over it. */
const LONG = 5_500;
const MiB = 1024 * 1024;
let seed = 23;
const random = () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return seed / 2 ** 31;
};
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const usual = await killOnce({ how: 'refused' });
console.log(`nothing happens: ${usual.seconds.toFixed(1)} s, in ${usual.region}`);
let bad = 0;
for (const how of ['refused', 'black-hole']) {
  const moments = Array.from({ length: runs }, () => Math.round(random() * LONG));
  const results = [];
  for (let index = 0; index < runs; index += AT_ONCE)
    results.push(...(await Promise.all(moments.slice(index, index + AT_ONCE).map((at) => killOnce({ how, at })))));
  const isGood = ({ at, stored, whole, told, onward }) =>
    at === 'complete' && stored === 1 && whole && told === 1 && onward;
  const good = results.filter(isGood).length;
  bad += runs - good;
  for (const [index, result] of results.entries())
    if (!isGood(result)) console.log(`killed after ${moments[index]} ms: ${JSON.stringify(result)}`);
  const moved = results.filter(({ region }) => region === 'us');
  console.log(
    `${how}: ${good} of ${runs} stored once, told once; ${results.filter(({ unfinished }) => unfinished > 0).length} left something for the lifecycle rule; ${moved.length} moved; sent again: median ` +
      `${(median(results.map(({ resent }) => resent)) / MiB).toFixed(1)} MiB, most ${(Math.max(...results.map(({ resent }) => resent)) / MiB).toFixed(1)} MiB; ` +
      `seconds: median ${median(results.map(({ seconds }) => seconds)).toFixed(1)}, most ${Math.max(...results.map(({ seconds }) => seconds)).toFixed(1)}`,
  );
}
process.exitCode = bad === 0 ? 0 : 1;
