export * from './errors.ts';
export * from './etag.ts';
export * from './part-plan.ts';
export * from './restrictions.ts';
export * from './s3-limits.ts';
export * from './type-names.ts';
export type * from './typed.ts';
export * from './wire.ts';
export * from './wire-limits.ts';
