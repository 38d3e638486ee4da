export type { ImageOptions, PrepareOptions } from './options.ts';
export { Prepare } from './prepare.ts';
