// A crowd uploads at once: real processes, real sockets, one store; then every object is looked at.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { planCrowd } from './plan.mjs';
import { startProxy } from './proxy.mjs';

// Not with the conditions of a test runner: what runs is what is built.
const start = (name, ...given) => fork(new URL(`${name}-process.mjs`, import.meta.url), given, { execArgv: [] });

async function ask(child, message) {
  const answer = once(child, 'message');
  if (message !== undefined) child.send(message);
  const exited = once(child, 'exit').then(([code]) => {
    throw new Error(`A process of the crowd ended with ${code} before it answered.`);
  });
  exited.catch(() => {});
  return (await Promise.race([answer, exited]))[0];
}

/** Has a client process upload, and hears of each upload that is over. */
function join(child, message, onOver) {
  child.send(message);
  return new Promise((resolve, reject) => {
    child.on('message', (told) => (told === 'all over' ? resolve() : onOver(told.result)));
    child.on('exit', (code) => reject(new Error(`A client ended with ${code} before its uploads did.`)));
  });
}

/**
 * @param uploads how many at once
 * @param most bytes of the largest file
 * @param servers how many upload servers; with `kill`, the first is killed when half of the uploads are over
 * @param stalls whether some connections fall silent: the engine waits half a minute for one before it knows the link
 * @param within seconds; what is not over then is counted as lost
 */
export async function crowd({ uploads, most = 100e6, servers = 1, kill, clients = 4, stalls = true, within = 280 }) {
  const files = planCrowd(uploads, most);
  const children = [];
  const run = (...given) => {
    const child = start(...given);
    children.push(child);
    return child;
  };
  let proxy;
  try {
    const store = run('store', stalls ? 'stalls' : 'no stalls');
    const address = await ask(store);
    const running = Array.from({ length: servers }, () => run('server'));
    const ports = await Promise.all(running.map(async (server) => (await ask(server, address)).port));
    proxy = servers > 1 ? await startProxy(ports) : undefined;
    const endpoint = `http://127.0.0.1:${proxy?.port ?? ports[0]}`;

    const begun = performance.now();
    const groups = Array.from({ length: clients }, (_, n) => files.filter(({ id }) => id % clients === n));
    const results = [];
    let halfWay;
    const half = new Promise((resolve) => {
      halfWay = resolve;
    });
    const onOver = (result) => {
      results.push(result);
      if (results.length >= uploads / 2) halfWay();
    };
    const ended = Promise.all(groups.map((group) => join(run('client'), { endpoint, files: group }, onOver)));
    let cost = [];
    const costs = (list) => Promise.all(list.map((server) => ask(server, 'cost')));
    if (kill) {
      await Promise.race([half, ended]);
      const [first] = running.splice(0, 1);
      cost = await costs([first]);
      first.kill('SIGKILL');
    }
    const timer = new Promise((resolve) => setTimeout(resolve, within * 1_000).unref());
    await Promise.race([ended, timer]);
    const seconds = (performance.now() - begun) / 1_000;
    cost = [...cost, ...(await costs(running))];
    return {
      ...judge(files, results, await ask(store, 'check')),
      servers,
      killed: kill ? 1 : 0,
      ...sumUp(files, results, cost, seconds),
    };
  } finally {
    proxy?.close();
    for (const child of children) child.kill('SIGKILL');
  }
}

/** Every file's bytes are in the store, and every client was told so. */
function judge(files, results, { objects: stored, unfinished }) {
  const objects = new Map(stored.map((object) => [object.key.split('/').at(-1), object]));
  const wrong = [];
  const byName = new Map(results.map((result) => [result.name, result]));
  for (const { name, size } of files) {
    const result = byName.get(name);
    const object = objects.get(name);
    if (result?.at !== 'complete') wrong.push(`${name}: ${result?.error ?? 'not over'}`);
    else if (object?.size !== size || object.sha256 !== result.sha256) wrong.push(`${name}: other bytes`);
  }
  return { uploads: files.length, right: files.length - wrong.length, wrong, unfinished };
}

function sumUp(files, results, cost, seconds) {
  const times = (step) => results.flatMap(({ calls }) => calls[step]).sort((a, b) => a - b);
  const at = (list, share) => list[Math.min(list.length - 1, Math.floor(list.length * share))];
  const latency = (step) => {
    const list = times(step);
    return { calls: list.length, p50: at(list, 0.5), p99: at(list, 0.99) };
  };
  return {
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    seconds,
    attempts: results.reduce((sum, { attempts }) => sum + attempts, 0),
    failedAttempts: results.reduce((sum, { failed }) => sum + failed, 0),
    serverCpuSeconds: cost.map(({ cpuSeconds }) => cpuSeconds),
    serverRss: cost.map(({ rss }) => rss),
    serverFailedCalls: cost.map(({ failedCalls }) => failedCalls),
    create: latency('create'),
    sign: latency('sign'),
    complete: latency('complete'),
  };
}
