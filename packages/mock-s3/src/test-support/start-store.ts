import { onTestFinished } from 'vitest';
import { createMockS3 } from '../start/create-mock-s3.ts';
import type { MockS3 } from '../start/mock-s3.ts';
import type { MockS3Options } from '../start/options.ts';
import { Client } from './client.ts';

/** A store with the bucket `uploads`, stopped at the end of the test. A bug in the store fails the test. */
export async function startStore(options: MockS3Options = {}): Promise<{ store: MockS3; client: Client }> {
  const bugs: unknown[] = [];
  const store = await createMockS3({
    buckets: ['uploads'],
    onInternalError: (error) => bugs.push(error),
    ...options,
  });
  onTestFinished(async () => {
    await store.close();
    if (bugs.length > 0) throw bugs[0];
  });
  return { store, client: new Client(store) };
}
