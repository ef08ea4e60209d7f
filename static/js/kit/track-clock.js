/**
 * Camera and microphone count time from different beginnings. Each track's clock is tied to the
 * page's clock by its quickest arrivals: a sample is never there before it was taken.
 */

const WINDOW_MS = 10_000;

export class TrackClock {
  #offsetUs = Infinity; // smallest (arrival - timestamp) of this window and the one before
  #previousUs = Infinity;
  #windowAt = null;

  /** Note that the sample of `timestampUs` arrived at `nowMs`. */
  observe(timestampUs, nowMs) {
    if (this.#windowAt === null) this.#windowAt = nowMs;
    if (nowMs - this.#windowAt > WINDOW_MS) {
      this.#previousUs = this.#offsetUs;
      this.#offsetUs = Infinity;
      this.#windowAt = nowMs;
    }
    this.#offsetUs = Math.min(this.#offsetUs, nowMs * 1000 - timestampUs);
  }

  /** The moment of a sample on the page's clock, in microseconds. */
  toPage(timestampUs) {
    return timestampUs + Math.min(this.#offsetUs, this.#previousUs);
  }
}
