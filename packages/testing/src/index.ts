export type { TestBackend, UploadRoutes } from './fixtures/backend.ts';
export type { MakeFile, TestFile } from './fixtures/files.ts';
export type { TestNetwork } from './fixtures/network.ts';
export type { OwnBrowser } from './fixtures/own-browser.ts';
export type { TestStore } from './fixtures/store.ts';
export { expect, test, type UploadFixtures, type UploadOptions } from './test.ts';
