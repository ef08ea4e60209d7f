/**
 * Which numbered items a viewer has seen: none is shown twice, a missing one is noticed.
 */

export class RoomLog {
  #last;

  constructor(last = 0) {
    this.#last = last;
  }

  get last() {
    return this.#last;
  }

  /** The items of a batch that are new, in order; null when numbers before them are missing. */
  take(batch) {
    const items = batch.items ?? [];
    if (!items.length) return [];
    if (batch.from > this.#last + 1) return null;
    const fresh = items.filter((item) => item.seq > this.#last);
    this.#last = Math.max(this.#last, batch.to);
    return fresh;
  }

  /** Whether the room has numbers that were not seen here. */
  isBehind(head) {
    return head > this.#last;
  }

  /** Begin again at a number, after too much was missed. */
  jumpTo(last) {
    this.#last = Math.max(this.#last, last);
  }
}
