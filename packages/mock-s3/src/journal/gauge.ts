/** Counts what goes on at the same time, and remembers the most there was. */
export class Gauge {
  #now = 0;
  #max = 0;

  get now(): number {
    return this.#now;
  }

  get max(): number {
    return this.#max;
  }

  enter(): void {
    this.#now += 1;
    this.#max = Math.max(this.#max, this.#now);
  }

  leave(): void {
    this.#now -= 1;
  }

  /** Forgets the maximum, but not what goes on now. */
  reset(): void {
    this.#max = this.#now;
  }
}
