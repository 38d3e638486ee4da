import type { Cell } from './cells.ts';

/** What the buttons break; the server knows all but the last. */
export type OutageName = 'plug' | 'tunnel' | 'hotel-wifi' | 'server' | 'data-center' | 'reload';

/** One press of a button while the sample was under way. */
export interface Outage {
  readonly name: OutageName;
  /** When it ends, in milliseconds since the epoch. */
  readonly until: number;
}

/** One sample on its way, and what it has met. */
export interface SampleRun {
  readonly megabytes: number;
  /** In milliseconds since the epoch. */
  readonly startedAt: number;
  readonly outages: readonly Outage[];
  readonly cells: readonly Cell[];
}

const KEPT = 'portage-demo-sample';

/** The run that a reload broke off: that was an outage too. */
export function brokenOffRun(): SampleRun | undefined {
  try {
    const run = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null') as SampleRun | null;
    return run ? { ...run, outages: [...run.outages, { name: 'reload', until: 0 }] } : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps it until the tab is closed. */
export function keepRun(run: SampleRun | undefined): void {
  try {
    if (run) sessionStorage.setItem(KEPT, JSON.stringify(run));
    else sessionStorage.removeItem(KEPT);
  } catch {
    // A browser that keeps nothing begins anew after a reload.
  }
}

const NAMES: Readonly<Record<Exclude<OutageName, 'hotel-wifi'>, string>> = {
  plug: 'the plug',
  tunnel: 'the tunnel',
  server: 'the dead server',
  'data-center': 'the dead data center',
  reload: 'a reload',
};

/** What a run has come through. Bad Wi-Fi is slow, and so no outage: it is named beside them. */
export function survived(outages: readonly Outage[]): string {
  const names = outages.flatMap(({ name }) => (name === 'hotel-wifi' ? [] : [NAMES[name]]));
  const wifi = names.length < outages.length ? 'hotel Wi-Fi' : undefined;
  if (names.length === 0) return wifi ? `survived ${wifi}` : 'and nobody broke anything';
  const list = new Intl.ListFormat('en').format(names);
  const count = names.length === 1 ? '1 outage' : `${names.length} outages`;
  return `survived ${count} (${list})${wifi ? ` and ${wifi}` : ''}`;
}
