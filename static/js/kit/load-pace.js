/**
 * How quickly segments come, compared with how quickly they play: whether a way is too tight for a show, or has had
 * room for twice as much for a good while. All in seconds.
 */

const TIGHT = 1.2; // nine tenths of a show with a hiccup now and then are better than none of its pictures
const TIGHT_FOR_S = 20;
const AMPLE = 0.5;
const OUTLIER = 1; // a single segment that took as long as it plays: no ample room

export class LoadPace {
  #loads = []; // {at, took, plays}
  #ampleForS;
  #ampleSince = null;

  /** `ampleForS`: for how long there must be room before anybody goes back. */
  constructor({ ampleForS = 30 } = {}) {
    this.#ampleForS = ampleForS;
  }

  loaded({ took, plays, at }) {
    this.#loads = [...this.#loads, { at, took, plays }].filter((load) => at - load.at <= TIGHT_FOR_S);
    if (took >= plays * OUTLIER || this.#share > AMPLE) this.#ampleSince = null;
    else this.#ampleSince ??= at;
  }

  /** It stood still or was put elsewhere: there is no room to speak of. */
  stood() {
    this.#ampleSince = null;
  }

  /** All of the last twenty seconds were spent loading, and it was not enough. */
  isTight(now) {
    const seen = this.#loads.filter((load) => now - load.at <= TIGHT_FOR_S);
    const tookAll = seen.reduce((sum, { took }) => sum + took, 0);
    return tookAll >= TIGHT_FOR_S * 0.8 && this.#share >= TIGHT;
  }

  isAmple(now) {
    const newest = this.#loads.at(-1)?.at ?? -Infinity;
    return this.#ampleSince !== null && newest - this.#ampleSince >= this.#ampleForS && now - newest < TIGHT_FOR_S;
  }

  get #share() {
    const plays = this.#loads.reduce((sum, load) => sum + load.plays, 0);
    return this.#loads.reduce((sum, { took }) => sum + took, 0) / plays;
  }
}
