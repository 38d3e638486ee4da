/** Where code did not arrive it is asked for again after this long, in milliseconds. */
const AGAIN = 5_000;

/**
 * Has late code do its work once it is there, for as long as it is wanted: the returned function ends both the waiting
 * and the work. Code that does not arrive, or fails, takes nothing else with it.
 */
export function whenLoaded<Code>(load: () => Promise<Code>, begin: (code: Code) => () => void): () => void {
  let isOver = false;
  let end: (() => void) | undefined;
  const attempt = (): void =>
    void load().then(
      (code) => {
        if (!isOver) end = begin(code);
      },
      () => {
        if (!isOver) timer = setTimeout(attempt, AGAIN);
      },
    );
  // In a task of its own: to ask for code takes a bundler some milliseconds, and those who want it are just being rendered.
  let timer = setTimeout(attempt);
  return () => {
    isOver = true;
    clearTimeout(timer);
    end?.();
  };
}

/** Late code, asked for until it is there. */
export const loaded = <Code>(load: () => Promise<Code>): Promise<Code> =>
  new Promise((ready) => {
    whenLoaded(load, (code) => {
      ready(code);
      return () => {};
    });
  });
