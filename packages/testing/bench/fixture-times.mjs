// A Playwright reporter that tells how long the fixtures of this package took to start, for the first test of a worker and
// for later ones. Needs a build.
//   npm run bench:fixtures
const OURS = /^Fixture "(store|backend|journal|network|makeFile|ownBrowser)"$/;

export default class FixtureTimes {
  #tests = new Map();

  onStepEnd({ parent }, result, { title, category, duration }) {
    if (category !== 'fixture' || !OURS.test(title)) return;
    const { ms = 0 } = this.#tests.get(result) ?? {};
    this.#tests.set(result, { worker: `${parent.project().name} ${result.workerIndex}`, ms: ms + duration });
  }

  onEnd() {
    const workers = new Set();
    const [first, later] = [[], []];
    for (const { worker, ms } of this.#tests.values()) {
      (workers.has(worker) ? later : first).push(ms);
      workers.add(worker);
    }
    console.log(`first in a worker: ${summary(first)}`);
    console.log(`later ones:        ${summary(later)}`);
  }
}

function summary(times) {
  const sorted = times.toSorted((a, b) => a - b);
  return `${sorted.length} starts, median ${sorted[sorted.length >> 1]} ms, slowest ${sorted.at(-1)} ms`;
}
