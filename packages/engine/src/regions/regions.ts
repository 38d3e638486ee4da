/**
 * Uploads in several regions: measures which is nearest, watches the one that is sent to, and has uploads begun anew in the
 * next where it is gone. Stands between the engine and its transport and backend; what follows from what it sees is decided
 * by the pure functions beside it.
 */
import type { Failure } from '../failure.ts';
import type { Clock, Transport } from '../ports.ts';
import type { Outcome, ReadyPart, Session } from '../vocabulary.ts';
import { chooseRegion, estimate, type RegionFacts, wantsMeasuring } from './choose.ts';
import { createHealth, SILENT } from './health.ts';
import { createKnownUploads, type RegionUpload } from './known-uploads.ts';
import { leaveAfter } from './leaving.ts';
import { type AskRegion, measureRegions } from './measure.ts';

export interface Region {
  readonly name: string;
  /** Of its store, such as `https://bucket.s3.eu-central-1.amazonaws.com`. */
  readonly origin: string;
}

export interface RegionPorts {
  readonly clock: Clock;
  /** Asks a region by its origin. Milliseconds until it responded; undefined where it did not within `timeout` milliseconds. */
  readonly ask: (origin: string, timeout: number) => Promise<number | undefined>;
  /** Whether each byte costs the person something: then nothing is measured. */
  readonly isMetered: () => boolean;
  /** Uploads have left a region. */
  readonly onLeft: (region: string) => void;
  /** What was known of regions has changed. */
  readonly onLearned?: (facts: ReadonlyMap<string, RegionFacts>) => void;
}

/** What is told of an upload's region. */
export interface RegionReport {
  readonly name: string;
  readonly why: RegionUpload['why'];
  /** Where it was before. */
  readonly left: readonly string[];
  /** What each region was measured at, and is estimated to take for this file. In milliseconds; null while not known. */
  readonly all: Readonly<Record<string, { readonly roundTrip: number | null; readonly estimate: number | null }>>;
  /** How many requests the page has made to measure regions. */
  readonly probes: number;
}

/** An attempt under way. */
interface Line {
  readonly upload: RegionUpload;
  /** Ends the attempt: its upload goes on elsewhere. */
  readonly leave: () => void;
  /** When bytes of it moved last. */
  movedAt: number;
}

/** How often regions are looked at while something is wrong, in milliseconds. */
const TICK = 500;
/** How often an upload goes round all regions at most. */
const ROUNDS = 2;

const MOVED: Outcome<never> = { ok: false, failure: { kind: 'moved' } };

export type Regions = ReturnType<typeof createRegions>;

/** @param known - what an earlier page of the session has found on this network. */
export function createRegions(
  { clock, ask, isMetered, onLeft, onLearned }: RegionPorts,
  known: ReadonlyMap<string, RegionFacts> = new Map(),
) {
  const facts = new Map(known);
  const lines = new Set<Line>();
  const uploads = createKnownUploads();
  /** The upload that a file leaves, by the file's id. */
  const leaving = new Map<string, RegionUpload>();
  /** Tokens of uploads that were left. */
  const gone = new Set<string>();
  /** Attempts that were begun before this was there, and are watched by now. */
  const adopted = new WeakSet<Promise<unknown>>();
  let offered: readonly Region[] = [];
  let measuredAt: number | undefined = known.size > 0 ? clock.now() : undefined;
  let measuring: Promise<void> | undefined;
  let probes = 0;
  let stopTicking: (() => void) | undefined;

  const offeredNames = () => offered.map(({ name }) => name);
  const names = () => (offered.length > 0 ? offeredNames() : [...facts.keys()]);
  const choice = () => chooseRegion(names(), facts, clock.now());
  const askOf: AskRegion = async (name, timeout) => {
    const region = offered.find((one) => one.name === name);
    probes += 1;
    return region && ask(region.origin, timeout);
  };
  const health = createHealth({ clock, ask: askOf, isMetered, names: offeredNames, facts, learn });

  function learn(name: string, more: RegionFacts): void {
    facts.set(name, { ...facts.get(name), ...more });
    onLearned?.(facts);
  }

  async function measure(): Promise<void> {
    if (isMetered() || offered.length < 2) return;
    const now = clock.now();
    if (measuring || !wantsMeasuring(names(), facts, { now, measuredAt })) return measuring;
    measuredAt = now;
    const began = measureRegions(names(), askOf, clock).then(({ roundTrips }) => {
      // On another network by now.
      if (measuring !== began) return;
      measuring = undefined;
      for (const name of names()) learn(name, { roundTrip: roundTrips.get(name) });
    });
    measuring = began;
    return measuring;
  }

  function opened(id: string, size: number, session: Session, requests: readonly ReadyPart[]): void {
    const region = session.region ?? '';
    const before = leaving.get(id);
    leaving.delete(id);
    const { why, order } = choice();
    const left = before ? [...before.left, before.region] : [];
    const asChosen = order[0] === region ? why : 'server';
    uploads.keep({ id, size, session, region, left, why: before ? 'others-down' : asChosen, stored: 0 });
    uploads.signed(session, requests);
  }

  function failed(name: string): void {
    health.failed(name);
    tickLater();
  }

  /** Whether an upload has waited long enough for its region. */
  function isOut({ stored, region, left }: RegionUpload): boolean {
    const others = names().filter((name) => name !== region);
    // Where all are ill in turn it is something else, and the person is to hear of that.
    if (left.length >= ROUNDS * Math.max(2, names().length)) return false;
    const best = Math.max(0, ...others.map((name) => facts.get(name)?.goodput ?? 0));
    const { goodput } = facts.get(region) ?? {};
    const ill = health.illFor(region);
    return ill !== undefined && ill >= leaveAfter(stored, best || goodput);
  }

  function leave(upload: RegionUpload): void {
    const { session, id, region } = upload;
    if (gone.has(session.token)) return;
    gone.add(session.token);
    leaving.set(id, upload);
    for (const line of lines) if (line.upload === upload) line.leave();
    onLeft(region);
  }

  function tickLater(): void {
    if (stopTicking) return;
    stopTicking = clock.after(TICK, () => {
      stopTicking = undefined;
      tick();
    });
  }

  function tick(): void {
    const now = clock.now();
    const busy = new Map<string, Line[]>();
    for (const line of lines) {
      const { region } = line.upload;
      busy.set(region, [...(busy.get(region) ?? []), line]);
    }
    const troubled = health.troubled();
    for (const name of new Set([...busy.keys(), ...troubled])) {
      const under = busy.get(name) ?? [];
      const isSilent = under.length > 0 && under.every(({ movedAt }) => now - movedAt >= SILENT);
      if (isSilent || health.isFailing(name) || (under.length > 0 && health.mayFade(name))) health.look(name);
    }
    for (const upload of new Set([...lines].map((line) => line.upload))) if (isOut(upload)) leave(upload);
    if (busy.size > 0 || troubled.length > 0) tickLater();
  }

  /** What came of an attempt in a region. */
  function note(upload: RegionUpload, outcome: Outcome<unknown>, bytes: number): void {
    const name = upload.region;
    if (outcome.ok) {
      health.gotThrough(name);
      upload.stored += bytes;
      if (uploads.of(upload.session) && !gone.has(upload.session.token)) uploads.keep(upload);
      health.stored(name, bytes);
      return;
    }
    const { failure } = outcome;
    if (isOfRegion(failure)) failed(name);
    // A region that keeps its responses from the page, as a gateway does whose store is gone: asked, it seems to be well.
    if (failure.kind !== 'network' || failure.hidden?.by !== 'cors' || failure.hidden.ms < SILENT) return;
    health.isIll(name, failure.hidden.ms);
    health.rest(name);
  }

  /** Keeps an attempt in view until it is over. */
  async function watch<Value>(
    line: Line,
    sending: Promise<Outcome<Value>>,
    size: number,
    signal?: AbortSignal,
  ): Promise<Outcome<Value>> {
    const { upload } = line;
    const { region, session } = upload;
    lines.add(line);
    health.setBusy(region, true);
    tickLater();
    try {
      const outcome = await sending;
      // What was ended says nothing.
      if (outcome.ok || !signal?.aborted) note(upload, outcome, size);
      if (outcome.ok) return outcome;
      if (isOut(upload)) leave(upload);
      return gone.has(session.token) ? MOVED : outcome;
    } finally {
      over(line);
    }
  }

  function over(line: Line): void {
    lines.delete(line);
    const name = line.upload.region;
    if (![...lines].some(({ upload }) => upload.region === name)) health.setBusy(name, false);
  }

  return {
    /** Regions in the order in which a new upload would take them. */
    order: (): readonly string[] => choice().order,

    /** Takes what the server offers with each response to a create. Measuring goes on beside the uploads. */
    offer(regions: readonly Region[]): void {
      offered = regions;
      void measure();
    },

    /** An upload was opened. */
    opened,
    signed: uploads.signed,

    /** An upload goes on that an earlier page began. Only its region is known. */
    known(id: string, session: Session): void {
      const { region = '' } = session;
      if (!uploads.of(session)) uploads.keep({ id, size: 0, session, region, left: [], why: 'resumed', stored: 0 });
    },

    /** The network is another one: what was measured is not true any more. */
    networkChanged(): void {
      facts.clear();
      health.clear();
      measuredAt = undefined;
      measuring = undefined;
    },

    /** The token of the upload that a file leaves; undefined where it begins. */
    leaves: (id: string): string | undefined => leaving.get(id)?.session.token,

    /** A file was taken out: added again, it is another upload. */
    forget(id: string): void {
      leaving.delete(id);
    },

    /** Sends a part, unless its upload is to leave its region. */
    send<Body>(
      transport: Transport<Body>,
      attempt: Parameters<Transport<Body>['send']>[0],
      signal: AbortSignal,
      size: number,
    ): ReturnType<Transport<Body>['send']> {
      const upload = uploads.at(attempt.request.url);
      if (!upload) return transport.send(attempt, signal);
      if (gone.has(upload.session.token)) return Promise.resolve(MOVED);
      return new Promise((resolve, reject) => {
        const line: Line = { upload, leave: () => resolve(MOVED), movedAt: clock.now() };
        let before = 0;
        const onProgress = (loaded: number) => {
          if (loaded > before) line.movedAt = clock.now();
          health.moved(upload.region, Math.max(0, loaded - before));
          before = loaded;
          attempt.onProgress(loaded);
        };
        watch(line, transport.send({ ...attempt, onProgress }, signal), size, signal).then(resolve, reject);
      });
    },

    /**
     * Watches an attempt that was begun before this was there, once. Its progress is not known.
     * @param settle - ends it for the engine.
     */
    adopt<Value>(
      url: string,
      sending: Promise<Outcome<Value>>,
      settle: (outcome: Outcome<never>) => void,
      size: number,
    ): void {
      const upload = uploads.at(url);
      if (!upload || adopted.has(sending)) return;
      adopted.add(sending);
      watch({ upload, leave: () => settle(MOVED), movedAt: clock.now() }, sending, size).catch(() => {});
    },

    /**
     * Notes what a call about an upload came to. Returns its own outcome, or that the upload is to be begun in another region:
     * its server could not reach this one.
     */
    called<T>(session: Session, outcome: Outcome<T>): Outcome<T> {
      const { token, region = '' } = session;
      // That the server reaches it does not say that the page does.
      if (outcome.ok) {
        if (offered.length < 2) health.gotThrough(region);
        return outcome;
      }
      if (!isStoreAway(outcome.failure)) return outcome;
      failed(region);
      // On a page that knows no other region yet, its server's word is all there is.
      if (offered.length < 2) health.isIll(region);
      const upload = uploads.of(session);
      if (!upload || !(gone.has(token) || isOut(upload))) return outcome;
      health.rest(region);
      leave(upload);
      return MOVED;
    },

    isGone: ({ token }: Session): boolean => gone.has(token),

    /** What is known of an upload's region, by the file's id. */
    report(id: string): RegionReport | undefined {
      const upload = uploads.ofFile(id);
      if (!upload) return undefined;
      const { region, why, left, size } = upload;
      const of = (name: string) => ({
        roundTrip: facts.get(name)?.roundTrip ?? null,
        estimate: estimate(size, name, facts) ?? null,
      });
      return { name: region, why, left, all: Object.fromEntries(names().map((name) => [name, of(name)])), probes };
    },
  };
}

/** Whether a failure may be the region's: silence, no connection, or that something broke there. */
function isOfRegion(failure: Failure): boolean {
  if (failure.kind === 'store') return failure.status >= 500;
  return failure.kind === 'stalled' || failure.kind === 'network' || failure.kind === 'invalid-response';
}

const isStoreAway = (failure: Failure): boolean => failure.kind === 'server' && failure.code === 'store-unavailable';
