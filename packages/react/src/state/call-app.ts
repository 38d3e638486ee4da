/** How an app is asked about its files and told of them. Loaded for an app that gives functions for it. */
export { askBefore } from './ask-before.ts';
export { listenToUploads } from './listen-to-uploads.ts';
