/**
 * What is on its way to the server, and how fast it gets there, from the server's counts of messages.
 */

const REMEMBERED = 4; // acknowledgements, five a second

export class Delivery {
  #flying = []; // {at, bytes} of messages not yet acknowledged
  #acked = 0;
  #ackedAt = 0;
  #pace = []; // {ms, bytes} between acknowledgements that had something to say

  begin(now) {
    [this.#flying, this.#acked, this.#ackedAt, this.#pace] = [[], 0, now, []];
  }

  sent(bytes, now) {
    this.#flying.push({ at: now, bytes });
  }

  /** The server has `count` messages in all. */
  acked(count, now) {
    const arrived = this.#flying.splice(0, count - this.#acked);
    const bytes = arrived.reduce((sum, message) => sum + message.bytes, 0);
    if (bytes) this.#pace = [...this.#pace, { ms: now - this.#ackedAt, bytes }].slice(-REMEMBERED);
    [this.#acked, this.#ackedAt] = [count, now];
  }

  /** How long the oldest message waits for its acknowledgement. */
  oldestMs(now) {
    return this.#flying.length ? now - this.#flying[0].at : 0;
  }

  /** What the way has carried lately; while it stands still altogether, what it carried before. */
  get kbps() {
    const ms = this.#pace.reduce((sum, step) => sum + step.ms, 0);
    const bytes = this.#pace.reduce((sum, step) => sum + step.bytes, 0);
    return ms > 0 ? (bytes * 8) / ms : Infinity;
  }

  /** How long what is on its way will take at this pace. */
  get drainMs() {
    const bytes = this.#flying.reduce((sum, message) => sum + message.bytes, 0);
    return (bytes * 8) / this.kbps;
  }
}
