import type { Bucket } from '../store/bucket.ts';
import { parseBucketCors } from '../xml/cors-configuration.ts';
import type { CorsRule } from './cors-rule.ts';

/**
 * The CORS rules in force for a bucket: its own, or the store's as long as it was never given any. At AWS a new bucket
 * allows nothing; a store for tests is easier to begin with when it allows everything.
 */
export function corsRulesOf(bucket: Bucket | undefined, defaults: readonly CorsRule[]): readonly CorsRule[] {
  const config = bucket?.configs.get('cors') ?? { kind: 'never-set' };
  switch (config.kind) {
    case 'never-set':
      return defaults;
    case 'deleted':
      return [];
    case 'set':
      return rulesOf(config.document);
  }
}

/** Rules already read, by their document: every response needs them. */
const parsed = new Map<string, readonly CorsRule[]>();

function rulesOf(document: string): readonly CorsRule[] {
  const known = parsed.get(document);
  if (known) return known;
  const rules = parseBucketCors(document);
  if (parsed.size >= 100) parsed.clear();
  parsed.set(document, rules);
  return rules;
}
