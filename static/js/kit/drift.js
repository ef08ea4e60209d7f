/**
 * Notices a way that carries nearly all of a show: nothing stands, but every moment comes a little later than the one
 * before. All in seconds. A piece's delay is its arrival on our clock less its sending on the server's; only differences
 * of delays mean anything. What counts of each stretch is its quickest piece, so that single waits do not matter.
 */

const STRETCH_S = 4;
const STRETCHES = 6; // the last one is still going on: five whole ones, twenty seconds
const STEP_S = 0.1; // each at least so much later than the one before
const MUCH_S = 0.8;
const TOO_LATE_S = 2.5; // for so long the far road is as fresh

export class Drift {
  #stretches = []; // {since, least}
  #best = Infinity;

  observe({ delay, now }) {
    this.#best = Math.min(this.#best, delay);
    const last = this.#stretches.at(-1);
    if (last && now - last.since < STRETCH_S) last.least = Math.min(last.least, delay);
    else this.#begin(delay, now);
  }

  /** What was there before is no measure any more, e.g. after another connection. */
  reset() {
    [this.#stretches, this.#best] = [[], Infinity];
  }

  /** For twenty seconds it has got later all the time, or was as late as the far road is. */
  get isFalling() {
    const whole = this.#stretches.slice(0, -1).map(({ least }) => least);
    if (whole.length < STRETCHES - 1) return false;
    const rises = whole.slice(1).every((least, at) => least - whole[at] >= STEP_S) && whole.at(-1) - whole[0] >= MUCH_S;
    return rises || Math.min(...whole) - this.#best > TOO_LATE_S;
  }

  /** A stretch in which nothing came breaks the row: an outage is no drift. */
  #begin(delay, now) {
    const last = this.#stretches.at(-1);
    if (last && now - last.since > 2 * STRETCH_S) this.#stretches = [];
    this.#stretches = [...this.#stretches, { since: now, least: delay }].slice(-STRETCHES);
  }
}
