export type CheckName =
  | 'reachable'
  | 'clock'
  | 'credentials'
  | 'permissions'
  | 'gateway'
  | 'parts'
  | 'cors'
  | 'local-network'
  | 'names'
  | 'lifecycle'
  | 'public-access'
  | 'checksums'
  | 'conditional-writes'
  | 'packs';

/** What a check found. */
export interface Finding {
  check: CheckName;
  /** The region that was checked, where there are several. */
  region?: string;
  /** `fixed` was wrong and is right now; `unknown` could not be looked at, and the message says why. */
  status: 'ok' | 'fixed' | 'warning' | 'failed' | 'unknown';
  /** What is the matter, in a sentence. */
  message: string;
  /** What to do about it, in a sentence. */
  hint?: string;
}

/** A check under its name: `found('ok', 'All is well.')`. */
export const finder =
  (check: CheckName) =>
  (status: Finding['status'], message: string, hint?: string): Finding => ({
    check,
    status,
    message,
    ...(hint !== undefined && { hint }),
  });
