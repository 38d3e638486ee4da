export { type Backend, type BackendOptions, startBackend } from './start-backend.ts';
export type { ListedObject } from './store-reader.ts';
