import { arriving } from '@portage/uppy';
import type { Uppy } from '@uppy/core';

/**
 * React may render and never mount (StrictMode in React 18, a suspended sibling), and tells nobody. An instance that
 * nobody held by then is ended. In milliseconds.
 */
const UNCLAIMED = 10_000;

/**
 * An Uppy that lives as long as someone holds it. It is made on first use, because Uppy listens to the window from its
 * constructor on, and React calls initialisers twice in StrictMode.
 */
export class OwnUppy {
  readonly #make: () => Uppy;
  #uppy: Uppy | undefined;
  #ended = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(make: () => Uppy) {
    this.#make = make;
  }

  /** Whether the instance was destroyed; it cannot be used again. */
  get ended(): boolean {
    return this.#ended;
  }

  /** A new one, made the same way. */
  renewed(): OwnUppy {
    return new OwnUppy(this.#make);
  }

  get uppy(): Uppy {
    if (!this.#uppy) {
      this.#uppy = this.#make();
      this.#endIn(UNCLAIMED);
    }
    return this.#uppy;
  }

  /** Keeps the instance alive until the returned function is called, and through StrictMode's unmount and remount. */
  hold(): () => void {
    clearTimeout(this.#timer);
    return () => this.#endIn(0);
  }

  #endIn(milliseconds: number): void {
    // A server makes one for each render and never mounts: there is nothing to end, and a timer would keep it alive.
    if (typeof window === 'undefined') return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#ended = true;
      // Of a test of an app, the page may be gone by now.
      if (typeof window === 'undefined') return;
      const files = this.#uppy?.getFiles();
      this.#uppy?.destroy();
      if (files?.length)
        arriving(import('./tell-ended.ts'))
          .then(({ tellEnded }) => tellEnded(files))
          .catch(() => {});
    }, milliseconds);
  }
}
