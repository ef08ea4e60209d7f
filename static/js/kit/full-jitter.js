/**
 * How long to wait before the next try. Anywhere between nought and a ceiling that doubles, so that a
 * thousand viewers who lost the same server do not come back at the same moment. The more there are, the
 * higher the first ceiling: about 700 of them a second are no herd.
 */

const LEAST_MS = 500;
const MOST_MS = 15_000;
const EACH_MS = 1.5;

export class FullJitter {
  #tries = 0;
  #random;

  constructor(random = Math.random) {
    this.#random = random;
  }

  /** Milliseconds until the next try, when so many may come back at once. */
  next(crowd = 0) {
    const ceiling = Math.max(LEAST_MS * 2 ** (this.#tries + 1), LEAST_MS + crowd * EACH_MS);
    this.#tries += 1;
    return Math.round(LEAST_MS + (Math.min(MOST_MS, ceiling) - LEAST_MS) * this.#random());
  }

  reset() {
    this.#tries = 0;
  }
}
