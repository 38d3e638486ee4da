/** What the demo's buttons break, for some seconds each: real connections of the stores, and the listener of the server itself. */
import { type Fault, type FaultRule, type MockS3, PROFILES } from '@portage/mock-s3';

/** The names of the buttons. */
export const OUTAGES = ['plug', 'tunnel', 'hotel-wifi', 'server', 'data-center'] as const;

export type OutageName = (typeof OUTAGES)[number];

export interface Outages {
  /**
   * Begins an outage, which ends by itself; one that is there already goes on as it is.
   * @returns How many seconds are left of it.
   */
  begin(name: OutageName): number;
  /** Lets go of the clock, for good: nothing comes back by itself. */
  close(): void;
}

export interface OutagesOptions {
  /** One for each region. */
  readonly stores: readonly [MockS3, ...MockS3[]];
  /** Closes the server's listener and its connections. @returns Opens it again, at the same port. */
  readonly killServer: () => () => void;
  /** How long each lasts; bad Wi-Fi lasts twice as long, a dead data center five times. @default 6 */
  readonly seconds?: number | undefined;
}

const DOWN: Fault = { kind: 'down' };
const TIMES: Partial<Record<OutageName, number>> = { 'hotel-wifi': 2, 'data-center': 5 };

/** The store that was sent a part last. */
function inUse(stores: OutagesOptions['stores']): MockS3 {
  const last = ({ journal }: MockS3) => journal.requests({ operation: 'UploadPart' }).at(-1)?.startedAt ?? 0;
  return stores.reduce((one, other) => (last(other) > last(one) ? other : one));
}

export function createOutages({ stores, killServer, seconds = 6 }: OutagesOptions): Outages {
  const under = new Map<OutageName, { readonly until: number; readonly timer: NodeJS.Timeout }>();

  /** Puts faults on everything that the stores are asked; returns what takes them off. */
  const put = (...rules: readonly FaultRule[]): (() => void) => {
    const off = stores.flatMap((store) => rules.map((rule) => store.faults.add(rule)));
    return () => {
      for (const end of off) end();
    };
  };
  const cut = () => {
    for (const store of stores) store.cut();
  };

  const begin: Record<OutageName, () => () => void> = {
    plug() {
      const end = put({ fault: DOWN });
      cut();
      return end;
    },
    // What is asked inside gets no answer. Outside waits another cell, which knows nothing of the old connections.
    tunnel() {
      const end = put({ fault: { kind: 'stall' } });
      cut();
      return () => {
        cut();
        end();
      };
    },
    'hotel-wifi': () => put(...PROFILES['hotel-wifi'].rules),
    server() {
      const end = put({ fault: DOWN });
      cut();
      const start = killServer();
      return () => {
        end();
        start();
      };
    },
    // Gone for longer than an upload waits for it.
    'data-center'() {
      const store = inUse(stores);
      const end = store.faults.add({ fault: DOWN });
      store.cut();
      return end;
    },
  };

  return {
    begin(name) {
      const running = under.get(name);
      if (running) return (running.until - Date.now()) / 1000;
      const lasts = (TIMES[name] ?? 1) * seconds;
      const end = begin[name]();
      const timer = setTimeout(() => {
        under.delete(name);
        end();
      }, lasts * 1000);
      under.set(name, { until: Date.now() + lasts * 1000, timer });
      return lasts;
    },
    close() {
      for (const { timer } of under.values()) clearTimeout(timer);
    },
  };
}

/** The link of the sample's parts: at this machine's own speed there is no time to break anything. */
export const sampleLink = (bytesPerSecond: number): FaultRule => ({
  name: 'sample',
  operation: 'UploadPart',
  key: 'sample/*',
  fault: { kind: 'bandwidth', bytesPerSecond, shared: true, direction: 'upstream' },
});
