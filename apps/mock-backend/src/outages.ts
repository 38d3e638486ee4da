/** What the demo's buttons break, for some seconds each: real connections of the store, and the listener of the server itself. */
import { type Fault, type FaultRule, type MockS3, PROFILES } from '@portage/mock-s3';

/** The names of the buttons. */
export const OUTAGES = ['plug', 'tunnel', 'hotel-wifi', 'server'] as const;

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
  readonly store: MockS3;
  /** Closes the server's listener and its connections. @returns Opens it again, at the same port. */
  readonly killServer: () => () => void;
  /** How long each lasts; bad Wi-Fi lasts twice as long. @default 6 */
  readonly seconds?: number | undefined;
}

const DOWN: Fault = { kind: 'down' };

export function createOutages({ store, killServer, seconds = 6 }: OutagesOptions): Outages {
  const under = new Map<OutageName, { readonly until: number; readonly timer: NodeJS.Timeout }>();

  /** Puts faults on everything that the store is asked; returns what takes them off. */
  const put = (...rules: readonly FaultRule[]): (() => void) => {
    const off = rules.map((rule) => store.faults.add(rule));
    return () => {
      for (const end of off) end();
    };
  };

  const begin: Record<OutageName, () => () => void> = {
    plug() {
      const end = put({ fault: DOWN });
      store.cut();
      return end;
    },
    // What is asked inside gets no answer. Outside waits another cell, which knows nothing of the old connections.
    tunnel() {
      const end = put({ fault: { kind: 'stall' } });
      store.cut();
      return () => {
        store.cut();
        end();
      };
    },
    'hotel-wifi': () => put(...PROFILES['hotel-wifi'].rules),
    server() {
      const end = put({ fault: DOWN });
      store.cut();
      const start = killServer();
      return () => {
        end();
        start();
      };
    },
  };

  return {
    begin(name) {
      const running = under.get(name);
      if (running) return (running.until - Date.now()) / 1000;
      const lasts = name === 'hotel-wifi' ? 2 * seconds : seconds;
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
