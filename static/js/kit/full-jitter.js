/**
 * How long to wait before the next try. Anywhere between nought and a ceiling that doubles, so that a
 * thousand viewers who lost the same server do not come back at the same moment.
 */

const LEAST_MS = 500;
const MOST_MS = 15_000;

export class FullJitter {
  #tries = 0;
  #random;

  constructor(random = Math.random) {
    this.#random = random;
  }

  /** Milliseconds until the next try. */
  next() {
    const ceiling = Math.min(MOST_MS, LEAST_MS * 2 ** (this.#tries + 1));
    this.#tries += 1;
    return Math.round(LEAST_MS + (ceiling - LEAST_MS) * this.#random());
  }

  reset() {
    this.#tries = 0;
  }
}
