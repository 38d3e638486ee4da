/** The whole benchmark: every uploader in every scenario, in turns. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, release, tmpdir, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { launchBrowser } from './browser.ts';
import { buildPage } from './build-page.ts';
import { makeFiles } from './files.ts';
import { childrenOf } from './footprint.ts';
import type { LinkKind } from './link/link.ts';
import { startLink } from './link/start-link.ts';
import type { Report } from './report/report.ts';
import { type Rig, type Run, runOnce } from './run.ts';
import type { Scenario } from './scenarios.ts';
import type { Servers } from './server/servers.ts';
import type { StoreProtocol } from './server/store.ts';
import { versions } from './versions.ts';

export interface BenchOptions {
  readonly scenarios: readonly Scenario[];
  /** @default the better one that this machine can have */
  readonly link?: LinkKind | undefined;
  readonly command: string;
  /** Starts the store and the page's origin. @param prefix - words before a command of theirs. */
  startServers(prefix: readonly string[]): Servers;
  /** Whether to find out what the store can take at most; it takes a few seconds. */
  readonly ceilings: boolean;
  readonly log: (line: string) => void;
}

export async function bench(options: BenchOptions): Promise<Report> {
  const { scenarios, log } = options;
  const startedAt = new Date();
  const folder = await buildPage();
  await using link = await startLink(options.link, log);
  const servers = options.startServers(link.serverPrefix);
  const scratch = await mkdtemp(join(tmpdir(), 'portage-bench-'));
  try {
    const protocols = scenarios.flatMap(({ protocol = 'http' }) => protocol);
    const ports = await servers.start({ host: link.serverHost, folder, protocols });
    const near = `http://${link.serverHost}:${ports.stores.http[0]}`;
    const far = await link.reach(ports.stores.http[0]);
    const storeSpeaks = async (protocol: StoreProtocol) => {
      const [first, ...others] = await Promise.all((ports.stores[protocol] ?? ports.stores.http).map(link.reach));
      const named = (origin = far) => (protocol === 'http' ? origin : origin.replace('http:', 'https:'));
      await servers.storeIs({ near, far: [named(first), ...others.map(named)], http2: /^http[23]$/.test(protocol) });
    };
    const ceilings = options.ceilings
      ? { loopback: await ceiling(link.serverPrefix, near), link: await ceiling(link.clientPrefix, far) }
      : { loopback: 0, link: 0 };
    const origin = await link.reach(ports.site);
    const childrenBefore = existsSync('/proc/self/stat') ? childrenOf(process.pid) : undefined;
    await using browser = await launchBrowser({
      prefix: link.clientPrefix,
      secureOrigin: origin,
      trusted: ports.fingerprint,
      quicOrigin: ports.stores.http3 && (await link.reach(ports.stores.http3[0])),
    });
    const browserPid = childrenBefore && childrenOf(process.pid).find((pid) => !childrenBefore.includes(pid));
    log(`Link: ${link.kind}: ${link.description}.`);
    const runs: Run[] = [];
    for (const scenario of scenarios) {
      await storeSpeaks(scenario.protocol ?? 'http');
      runs.push(
        ...(await runScenario({ link, servers, browser, origin, browserPid }, scenario, join(scratch, 'files'), log)),
      );
    }
    return {
      startedAt: startedAt.toISOString(),
      seconds: (Date.now() - startedAt.getTime()) / 1000,
      command: options.command,
      machine: {
        cpu: cpus()[0]?.model ?? 'unknown',
        cores: cpus().length,
        memory: totalmem(),
        kernel: `${type()} ${release()}`,
        node: process.versions.node,
        browser: `Chromium ${browser.version()}`,
      },
      link: { kind: link.kind, description: link.description },
      ceilings,
      versions: versions(),
      scenarios,
      runs,
    };
  } finally {
    await servers.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function runScenario(rig: Rig, scenario: Scenario, folder: string, log: (line: string) => void): Promise<Run[]> {
  log(`\n${scenario.id}: ${scenario.title}`);
  const files = await makeFiles(folder, scenario.files);
  const runs: Run[] = [];
  for (let round = 0; round < scenario.runs; round++) {
    // Each round starts with another one, so that nobody always follows the same.
    for (const index of scenario.adapters.keys()) {
      const adapter = scenario.adapters[(index + round) % scenario.adapters.length];
      if (adapter === undefined) continue;
      const run = await runOnce(rig, scenario, adapter, files);
      runs.push(run);
      const figure = run.error ?? `${(run.goodput / 1e6).toFixed(1)} Mbit/s`;
      log(`  ${adapter.padEnd(18)} ${figure}, ${(run.milliseconds / 1000).toFixed(1)} s`);
    }
  }
  return runs;
}

/** Bits per second that the store takes from a program that does nothing else. */
async function ceiling(prefix: readonly string[], origin: string): Promise<number> {
  const [command = '', ...args] = [...prefix, process.execPath, join(import.meta.dirname, 'ceiling.js'), origin];
  const { stdout } = await promisify(execFile)(command, args, { timeout: 30_000 });
  return Number(stdout);
}
