/** Several regions, a server that knows them and one client, simulated: the same run gives the same figures each time. */
import { createEngine, type Intent, type Outcome, type Result, type Session, type Transport } from '../src/index.ts';
import { createRegions, type RegionFacts } from '../src/regions.ts';
import { createLink, type LinkOptions } from './link.ts';
import { FakeClock, failed, MiB, ok } from './world.ts';

export interface RegionOptions extends Pick<LinkOptions, 'rtt' | 'perConnection'> {
  /** In bytes per second. */
  readonly rate: number;
}

/** How a region is gone: connections are refused, or nothing is ever answered. */
export type Gone = 'refused' | 'black-hole';

interface World {
  readonly regions: Readonly<Record<string, RegionOptions>>;
  /** In the server's order. @default as they are declared */
  readonly hint?: readonly string[];
  readonly metered?: boolean;
  readonly partSize?: number;
  readonly seed?: number;
  /** What an earlier page has found. */
  readonly known?: ReadonlyMap<string, RegionFacts>;
  /** The round trip to the upload server, in milliseconds. @default 50 */
  readonly server?: number;
  /** Without what chooses and leaves regions, for comparison. @default with it */
  readonly plain?: boolean;
}

type Body = { readonly start: number; readonly end: number };
type Sent = Awaited<ReturnType<Transport<Body>['send']>>;

/** How long the server waits for a store that does not answer, in milliseconds. */
const SERVER_WAITS = 10_000;
const BEGIN_WAITS = 3_000;

export function createRegionsWorld({ regions: declared, metered = false, partSize, plain = false, ...rest }: World) {
  const { server = 50, seed = 1 } = rest;
  const clock = new FakeClock();
  const startedAt = clock.now();
  const names = Object.keys(declared);
  const hint = rest.hint ?? names;
  let state = seed;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
  const wait = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));
  const bytes = { sent: 0 };
  const asked: string[] = [];
  const left: string[] = [];
  /** What each region holds whole, and what the app was told of, by the id of the upload. */
  const stored: { region: string; id: string }[] = [];
  const told: string[] = [];

  const sites = new Map(
    Object.entries(declared).map(([name, { rate, ...link }]) => {
      const site = {
        gone: undefined as Gone | undefined,
        /** Its bytes come through so much slower. */
        slowness: 1,
        kills: new Set<() => void>(),
        parts: new Map<string, Map<number, number>>(),
        /** The next Complete is done, and its response never comes. */
        losesComplete: false,
        /** Parts come to nothing, and why is kept from the page, though its door answers. */
        hides: false,
        hiddenSince: undefined as number | undefined,
      };
      const { transport } = createLink(clock, { ...link, rate: () => (site.gone ? 0 : rate / site.slowness) });
      return [name, { ...site, ...link, site, transport }] as const;
    }),
  );
  const siteOf = (name: string) => {
    const found = sites.get(name);
    if (!found) throw new Error(`There is no region ${name}.`);
    return found;
  };
  const regionOf = (url: string) => new URL(url).hostname.split('.')[0] ?? '';

  const network: Transport<Body> = {
    send: (attempt, signal) => {
      const { site, rtt, transport } = siteOf(regionOf(attempt.request.url));
      return new Promise<Sent>((resolve) => {
        const refuse = () => resolve(failed({ kind: 'network' }));
        signal.addEventListener('abort', refuse);
        if (site.gone === 'refused') {
          clock.after(rtt, refuse);
          return;
        }
        if (site.hides) {
          site.hiddenSince ??= clock.now();
          const ms = clock.now() - site.hiddenSince;
          const hidden = { by: 'cors', origin: new URL(attempt.request.url).origin, ms } as const;
          clock.after(rtt, () => resolve(failed({ kind: 'network', hidden })));
          return;
        }
        let before = 0;
        const onProgress = (loaded: number) => {
          bytes.sent += Math.max(0, loaded - before);
          before = Math.max(before, loaded);
          attempt.onProgress(loaded);
        };
        site.kills.add(refuse);
        transport.send({ ...attempt, onProgress }, signal).then((outcome) => {
          site.kills.delete(refuse);
          if (site.gone === 'black-hole' && !signal.aborted) return;
          const [, token = '', number] = /\/([^/]*)\?partNumber=(\d+)/.exec(attempt.request.url) ?? [];
          if (outcome.ok) site.parts.get(token)?.set(Number(number), attempt.body.end - attempt.body.start);
          resolve(outcome);
        });
      });
    },
  };

  const regions = createRegions(
    {
      clock,
      isMetered: () => metered,
      onLeft: (name) => left.push(name),
      async ask(origin, timeout) {
        const name = regionOf(origin);
        const { site, rtt } = siteOf(name);
        const isFirst = !asked.includes(name);
        asked.push(name);
        if (site.gone) {
          await wait(site.gone === 'refused' ? rtt : timeout);
          return undefined;
        }
        // A name is looked up and a connection is opened, once.
        const ms = (isFirst ? 4 * rtt : rtt) * site.slowness;
        await wait(Math.min(ms, timeout));
        return ms < timeout ? ms : undefined;
      },
    },
    rest.known,
  );

  let uploads = 0;
  /** Of the server: what a token stands for. */
  const known = new Map<string, { id: string; region: string; size: number; partSize: number }>();
  const requestsOf = (token: string, region: string, numbers: readonly number[]) =>
    numbers.map((partNumber) => ({
      partNumber,
      request: {
        ...{ method: 'PUT', headers: {}, expiresAt: Number.POSITIVE_INFINITY },
        url: `https://${region}.test/${token}?partNumber=${partNumber}`,
      },
    }));

  async function create(intent: Intent): Promise<Outcome<never> | { ok: true; value: ReturnType<typeof opened> }> {
    await wait(server);
    const moves = plain ? undefined : regions.leaves(intent.id);
    const before = moves === undefined ? undefined : known.get(moves);
    const order = plain ? hint : [...new Set([...regions.order(), ...hint])];
    for (const name of order.toSorted((a, b) => Number(a === before?.region) - Number(b === before?.region))) {
      const { site } = siteOf(name);
      if (!site.gone) return { ok: true, value: opened(intent, name, before?.id) };
      await wait(site.gone === 'refused' ? 1 : BEGIN_WAITS);
    }
    return failed(AWAY);
  }

  function opened(intent: Intent, region: string, id: string | undefined) {
    uploads += 1;
    const token = `t${uploads}`;
    const size = partSize ?? intent.partSize ?? Math.max(1, intent.size);
    known.set(token, { id: id ?? `u${uploads}`, region, size: intent.size, partSize: size });
    siteOf(region).site.parts.set(token, new Map());
    const session: Session = { kind: 'multipart', key: intent.name, token, partSize: size, region };
    const count = Math.max(1, Math.ceil(intent.size / size));
    const requests = requestsOf(
      token,
      region,
      Array.from({ length: count }, (_, index) => index + 1),
    );
    if (!plain) {
      regions.offer(hint.map((name) => ({ name, origin: `https://${name}.test` })));
      regions.opened(intent.id, intent.size, session, requests);
    }
    return { session, requests };
  }

  async function atStore<T>(session: Session, work: (site: ReturnType<typeof siteOf>['site']) => Outcome<T>) {
    if (!plain && regions.isGone(session)) return failed({ kind: 'moved' });
    await wait(server);
    const { site } = siteOf(session.region ?? '');
    if (site.gone) await wait(site.gone === 'refused' ? 1 : SERVER_WAITS);
    const outcome = site.gone ? failed(AWAY) : work(site);
    return plain ? outcome : regions.called(session, outcome);
  }

  const backend = {
    signBatch: 64,
    create,
    sign: async (session: Session, numbers: readonly number[]) =>
      ok(requestsOf(session.token, session.region ?? '', numbers)),
    listParts: (session: Session) =>
      atStore(session, (site) => {
        const parts = [...(site.parts.get(session.token) ?? [])];
        return ok({
          kind: 'parts' as const,
          parts: parts.map(([partNumber, size]) => ({ partNumber, size, etag: '"e"' })),
        });
      }),
    complete: (session: Session, parts: readonly unknown[]) =>
      atStore<Result>(session, (site) => {
        const { id = '', region = '', size = 0, partSize = 1 } = known.get(session.token) ?? {};
        if (site.parts.get(session.token)?.size !== Math.max(1, Math.ceil(size / partSize)) || parts.length === 0)
          return failed({ kind: 'server', status: 400, code: 'invalid-parts', message: '', hint: '' });
        if (!stored.some((one) => one.id === id && one.region === region)) stored.push({ region, id });
        if (site.losesComplete) {
          site.gone = 'refused';
          return failed(AWAY);
        }
        if (!told.includes(id)) told.push(id);
        return ok({ key: session.key, location: `https://${region}.test/${session.key}`, etag: '"whole"', region });
      }),
    abort: async () => ok(undefined),
  };

  const engine = createEngine<Body>({
    clock,
    backend,
    random,
    transport: plain
      ? network
      : { send: (attempt, signal) => regions.send(network, attempt, signal, attempt.body.end - attempt.body.start) },
    connectivity: { online: () => true, onWake: () => () => {} },
    checksums: {
      of: async () => ok(0n),
      join: async () => ok(0n),
      ofParts: async () => ok([]),
      sample: async () => ok(0n),
      noticesChanges: async () => true,
    },
  });

  return {
    clock,
    regions,
    asked,
    left,
    stored,
    told,
    bytes,
    site: (name: string) => siteOf(name).site,
    /** From now on a region is gone, or is there again. */
    kill(name: string, how: Gone | undefined): void {
      const { site } = siteOf(name);
      site.gone = how;
      if (how === 'refused') for (const refuse of [...site.kills]) refuse();
    },
    /** Uploads a file to its end; returns when that was, in milliseconds since the start. */
    async upload(name: string, size: number, most = 3_600_000) {
      const ends: { at: string; ms: number; error?: unknown }[] = [];
      const statuses: string[] = [];
      const percents: number[] = [];
      engine.start(
        { size, slice: (start, end) => ({ start, end }) },
        {
          id: name,
          name,
          size,
          type: '',
          partSize: size > 8 * MiB ? 8 * MiB : undefined,
          adaptPartSize: true,
          meta: {},
        },
        {
          onSnapshot: ({ status, progress }) => {
            statuses.push(status);
            percents.push(progress.percent);
          },
          onEnd: (end) => ends.push({ ...end, ms: clock.now() - startedAt }),
        },
      );
      for (let passed = 0; ends.length === 0 && passed < most; passed += 100) await clock.pass(100);
      return { ...ends[0], statuses, percents };
    },
  };
}

const AWAY = { kind: 'server', status: 503, code: 'store-unavailable', message: '', hint: '' } as const;
