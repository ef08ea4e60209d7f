/**
 * Notices that a picture stands still, and adds up for how long; all in seconds.
 * What stands because the seller's own network is slow counts as nobody's fault here.
 */

const STANDS_AFTER_S = 0.15;
const REMEMBER_S = 30;
const HOPELESS_S = 8;
const HOPELESS_OFTEN = 6;
const NOTICED_S = 0.3; // shorter than this is no annoyance
const ONE_COUNTS_S = 3; // a tunnel is no reason to give up a way
const LATE_COUNTS_FOR_S = 4;

export class Standstill {
  #time = -1;
  #since = 0;
  #isStanding = false;
  #wayLateAt = -Infinity;
  #stood = []; // {at, seconds} of what this way has cost

  /** Pieces come late from the server to here. */
  wayIsLate(now) {
    this.#wayLateAt = now;
  }

  /** The playhead was put somewhere: not a sign of life. */
  moved(time) {
    this.#time = time;
  }

  look({ time, isWanted, now }) {
    const moves = time !== this.#time || !isWanted;
    const stoodFor = now - this.#since;
    const before = this.#isStanding;
    if (moves) [this.#time, this.#since] = [time, now];
    this.#isStanding = !moves && stoodFor > STANDS_AFTER_S;
    const ended = before && !this.#isStanding;
    const isMine = now - this.#wayLateAt < LATE_COUNTS_FOR_S;
    if (ended && isMine) this.#stood.push({ at: now, seconds: Math.min(stoodFor, ONE_COUNTS_S) });
    return { standsFor: now - this.#since, began: this.#isStanding && !before, ended, isMine };
  }

  /** So much has stood lately that this way will not do. */
  isHopeless(now) {
    this.#stood = this.#stood.filter(({ at }) => now - at < REMEMBER_S);
    const isOften = this.#stood.filter(({ seconds }) => seconds >= NOTICED_S).length >= HOPELESS_OFTEN;
    return isOften || this.#stood.reduce((sum, { seconds }) => sum + seconds, 0) > HOPELESS_S;
  }
}
