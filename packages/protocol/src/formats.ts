/** Which files a route takes: by name and type, and by content. The server and the page decide by the same table. */
export { type Accepts, createAccepts } from './formats/accepts.ts';
export { bareType } from './formats/catalog.ts';
export type { Content, Read } from './formats/content.ts';
export { hintOfTypes, judgeContent, namesOfTypes, type Verdict } from './formats/judge.ts';
export { unpacked } from './formats/unpacked.ts';
