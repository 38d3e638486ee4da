export * from './engine.ts';
export * from './errors.ts';
export type { Failure } from './failure.ts';
export * from './file-changed-error.ts';
export * from './part-plan.ts';
export * from './ports.ts';
export type { Progress } from './progress.ts';
export * from './snapshot.ts';
export type { Canceled, Complete, Failed } from './upload-state.ts';
