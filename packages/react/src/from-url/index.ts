export type { CompanionServer } from './add-from-url.ts';
export { FromUrl, type FromUrlProps } from './from-url.tsx';
export type { FromUrlWords } from './from-url-words.ts';
