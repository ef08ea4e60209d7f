/**
 * Lines that wait to be shown. A calm room shows them one by one, a wild one skips what nobody could read.
 */

const FEWEST = 6; // at one time

export class Backlog {
  #lines = [];
  #most;

  constructor(most) {
    this.#most = most;
  }

  get isEmpty() {
    return this.#lines.length === 0;
  }

  push(...lines) {
    this.#lines.push(...lines);
    if (this.#lines.length > this.#most) this.#lines.splice(0, this.#lines.length - this.#most);
  }

  /** What to show now; more at a time when much waits, so that it never falls far behind. */
  next() {
    return this.#lines.splice(0, Math.max(FEWEST, Math.ceil(this.#lines.length / 4)));
  }

  /** Forget a line that was taken back before anyone saw it. */
  drop(seq) {
    this.#lines = this.#lines.filter((line) => line.seq !== seq);
  }

  clear() {
    this.#lines = [];
  }
}
