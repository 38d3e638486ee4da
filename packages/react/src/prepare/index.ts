export type { ImageOptions, PrepareOptions } from '@portage/uppy/prepare';
export { Prepare } from './prepare.tsx';
