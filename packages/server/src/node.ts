export { type NodeHandler, toNodeHandler } from './node/handler.ts';
export { type Served, type ServeOptions, serve } from './node/serve.ts';
