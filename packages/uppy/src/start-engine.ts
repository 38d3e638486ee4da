/** Loaded beside the page: until the first file is started nothing of it is needed. */
export { createEngine } from '@portage/engine';
