/** Longest that the page is kept from answering at a stretch, in milliseconds. */
const SLICE = 40;

/** For long work on the page's thread: awaited between its steps, it lets the page answer where that is due. */
export function pauses(): () => Promise<void> | undefined {
  let until = performance.now() + SLICE;
  return () => {
    if (performance.now() < until) return undefined;
    return new Promise<void>((resolve) => setTimeout(resolve)).then(() => {
      until = performance.now() + SLICE;
    });
  };
}
