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

/** Longest wait for code that files wait for, while there is a network. In milliseconds. */
const LONGEST = 60_000;

/** Late code, asked for until it is there. Rejects where it does not arrive: what waits for it is told, and may ask again. */
export const loaded = <Code>(load: () => Promise<Code>): Promise<Code> =>
  new Promise((ready, reject) => {
    const end = whenLoaded(load, (code) => {
      clearInterval(timer);
      ready(code);
      return () => {};
    });
    const timer = setInterval(() => {
      if (!navigator.onLine) return;
      clearInterval(timer);
      end();
      reject(new Error('Code did not arrive.'));
    }, LONGEST);
  });
