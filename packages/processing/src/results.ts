import { createHash } from 'node:crypto';
import { resultKey } from './file.ts';
import type { StepResult } from './result.ts';
import type { Step } from './step.ts';
import type { Store } from './store.ts';

/** The results of steps, which are kept in the store beside what the steps have made. */
export interface Results {
  /** By the names of the steps that have one; `fresh` also where one was there before and may be removed. */
  read(folder: string, steps: readonly Step[], fresh?: boolean): Promise<Map<string, StepResult>>;
  write(key: string, result: StepResult): Promise<void>;
}

/** Most results that are held in memory: they never change. */
const HELD = 5000;

export function createResults(store: Store): Results {
  const held = new Map<string, StepResult>();
  const hold = (key: string, result: StepResult) => {
    held.set(key, result);
    for (const oldest of held.keys()) if (held.size > HELD) held.delete(oldest);
    return result;
  };

  async function fetchResult(key: string, size: number, etag: string): Promise<StepResult> {
    const bytes = await store.read({ key, seen: { size, etag, headers: {} }, start: 0, end: size });
    return hold(key, JSON.parse(new TextDecoder().decode(bytes)) as StepResult);
  }

  return {
    async read(folder, steps, fresh = false) {
      const keys = new Map(steps.map((step) => [step.name, resultKey(folder, step)]));
      const found = new Map<string, StepResult>();
      const missing = fresh || [...keys.values()].some((key) => !held.has(key));
      const listed = new Map<string, { size: number; etag: string }>();
      // One request, however many steps there are.
      if (missing) for await (const object of store.listObjects(folder)) listed.set(object.key, object);
      await Promise.all(
        [...keys].map(async ([name, key]) => {
          const object = listed.get(key);
          const own = fresh && object === undefined ? undefined : held.get(key);
          const result = own ?? (object && (await fetchResult(key, object.size, object.etag)));
          if (result !== undefined) found.set(name, result);
        }),
      );
      // In the order of the steps.
      return new Map(steps.flatMap(({ name }) => (found.has(name) ? [[name, found.get(name) as StepResult]] : [])));
    },

    async write(key, result) {
      const body = new TextEncoder().encode(JSON.stringify(result));
      const sha256 = createHash('sha256').update(body).digest('hex');
      await store.putObject({ key, body, sha256, headers: { 'content-type': 'application/json' } });
      hold(key, result);
    },
  };
}
