/** What is loaded when a remote file meets an upload server that cannot be told of it. */
export { RemoteRefusedError } from '@portage/engine';
