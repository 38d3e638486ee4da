export type { FakeFailure, ServerRefusal, StoreFailure } from './failures.ts';
export {
  type FailOptions,
  type FakeFile,
  type FakeUploads,
  type FakeUploadsOptions,
  fakeUploads,
} from './fake-uploads.ts';
