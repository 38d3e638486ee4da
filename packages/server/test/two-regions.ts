import { createMockS3, type MockS3 } from '@portage/mock-s3';
import { type ObjectStorage, type RegionsOptions, regions, s3 } from '../src/index.ts';
import { BUCKET, type Harness, startServer } from './harness.ts';

export interface TwoRegions extends AsyncDisposable {
  readonly server: Harness;
  readonly stores: { readonly eu: MockS3; readonly us: MockS3 };
  readonly storage: ObjectStorage;
}

/** An upload server before two stores, each on a socket of its own. */
export async function startTwoRegions(
  options: Parameters<typeof startServer>[0] = {},
  how: RegionsOptions = {},
): Promise<TwoRegions> {
  const [eu, us] = await Promise.all([createMockS3({ buckets: [BUCKET] }), createMockS3({ buckets: [BUCKET] })]);
  const of = ({ endpoint, region, credentials }: MockS3, timeout = 2_000) =>
    s3({ endpoint, bucket: BUCKET, region, credentials: credentials[0], timeout, slowTimeout: timeout });
  const storage = regions({ eu: of(eu), us: of(us) }, how);
  const server = await startServer({ ...options, storage });
  return {
    server,
    stores: { eu, us },
    storage,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await Promise.all([eu.close(), us.close()]);
    },
  };
}
