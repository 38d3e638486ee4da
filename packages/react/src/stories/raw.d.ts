/** A file's text, for "Show code". */
declare module '*.tsx?raw' {
  const text: string;
  export default text;
}
