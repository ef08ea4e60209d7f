/**
 * How late pieces come, compared with the quickest of the last minute: what a buffer must bridge.
 * All in seconds. A piece's delay is its arrival on our clock less its end on the show's clock; only
 * differences of delays mean anything.
 */

const BUCKET_S = 10;
const BUCKETS = 6;
const CALM_S = 0.15; // later than this is an episode
const LONGEST_EPISODE_S = 6;

export class Arrivals {
  #bridgeable;
  #buckets = [];
  #episode = null; // {peak, since}: late pieces of which we do not know yet how it ends

  /** Lateness above `bridgeable` is an outage: no buffer is meant to bridge it, so it is not remembered. */
  constructor(bridgeable) {
    this.#bridgeable = bridgeable;
  }

  /** Note a piece; answers how late it is. */
  observe({ arrivedAt, edge }) {
    const delay = arrivedAt - edge;
    const lateness = Math.max(0, delay - this.#quickest(delay));
    if (lateness > CALM_S) this.#late(delay, lateness, arrivedAt);
    else this.#calm(delay, arrivedAt);
    return lateness;
  }

  /** The worst lateness of the last minute that a buffer could have bridged. */
  worst(now) {
    this.#forget(now);
    const quickest = this.#quickest(Infinity);
    return this.#buckets.reduce((worst, { slowest }) => Math.max(worst, slowest - quickest), 0);
  }

  #late(delay, lateness, at) {
    this.#episode ??= { peak: delay, since: at, isOutage: false };
    this.#episode.peak = Math.max(this.#episode.peak, delay);
    if (lateness > this.#bridgeable) this.#episode.isOutage = true;
    if (at - this.#episode.since > LONGEST_EPISODE_S) this.#begin(delay, at);
  }

  #calm(delay, at) {
    const episode = this.#episode;
    this.#episode = null;
    this.#keep(delay, at);
    if (episode && !episode.isOutage) this.#keep(episode.peak, at);
  }

  /** What was quick is no measure any more: the way has changed, or the show's clock has. */
  #begin(delay, at) {
    this.#buckets = [];
    this.#episode = null;
    this.#keep(delay, at);
  }

  #keep(delay, at) {
    const last = this.#buckets.at(-1);
    if (last && at - last.since < BUCKET_S) {
      last.quickest = Math.min(last.quickest, delay);
      last.slowest = Math.max(last.slowest, delay);
      return;
    }
    this.#buckets.push({ since: at, quickest: delay, slowest: delay });
    this.#forget(at);
  }

  #forget(now) {
    this.#buckets = this.#buckets.filter(({ since }) => now - since < BUCKET_S * BUCKETS);
  }

  #quickest(otherwise) {
    return this.#buckets.reduce((least, { quickest }) => Math.min(least, quickest), otherwise);
  }
}
