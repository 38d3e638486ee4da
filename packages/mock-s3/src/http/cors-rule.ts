/** Who may do what from pages of other origins; one rule of a bucket's CORS configuration. */
export interface CorsRule {
  /** As whoever set it calls it. */
  readonly id?: string;
  /** Origins, with at most one `*` in each. */
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  /** Request headers that a page may send, in any case, with at most one `*` in each. */
  readonly allowedHeaders: readonly string[];
  /** Answer headers that a page may read. */
  readonly exposedHeaders: readonly string[];
  /** For how long a browser may remember a preflight, in seconds. */
  readonly maxAgeSeconds?: number;
}

/** Whether a name is one that a pattern with at most one `*` stands for. */
export function matchesPattern(pattern: string, name: string): boolean {
  const star = pattern.indexOf('*');
  if (star === -1) return pattern === name;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after);
}
