/**
 * How long to wait before the next try: quick at first, then slower, never all viewers at once.
 */

const STEPS_S = [0.5, 1, 1.5, 2, 3, 5, 8, 15];
const JITTER = 0.3;

export class Backoff {
  #tries = 0;
  #random;
  #longestS;

  constructor({ random = Math.random, longestS = Infinity } = {}) {
    this.#random = random;
    this.#longestS = longestS;
  }

  /** Seconds until the next try. */
  next() {
    const step = Math.min(STEPS_S[Math.min(this.#tries, STEPS_S.length - 1)], this.#longestS);
    this.#tries += 1;
    return step * (1 - JITTER + 2 * JITTER * this.#random());
  }

  get tries() {
    return this.#tries;
  }

  reset() {
    this.#tries = 0;
  }
}
