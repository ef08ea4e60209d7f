/**
 * One's own messages that the room has not shown yet. Each has an id, so that sending it again is harmless.
 */

const PATIENCE_MS = 12_000;

export class Outbox {
  #waiting = new Map();

  add(id, text, now) {
    this.#waiting.set(id, { id, text, since: now, hasFailed: false });
  }

  /** The room showed it, or refused it for good. True when it was ours. */
  settle(id) {
    return this.#waiting.delete(id);
  }

  /** The same, and gives the message back. */
  take(id) {
    const message = this.#waiting.get(id);
    this.#waiting.delete(id);
    return message;
  }

  fail(id) {
    const message = this.#waiting.get(id);
    if (message) message.hasFailed = true;
  }

  /** Try one again; returns it, or undefined when it has arrived meanwhile. */
  retry(id, now) {
    const message = this.#waiting.get(id);
    if (message) Object.assign(message, { since: now, hasFailed: false });
    return message;
  }

  /** What to send again on a new connection. */
  unsettled() {
    return [...this.#waiting.values()].filter((message) => !message.hasFailed);
  }

  /** Messages that waited too long; from now on they count as failed. */
  overdue(now) {
    const late = this.unsettled().filter((message) => now - message.since > PATIENCE_MS);
    for (const message of late) message.hasFailed = true;
    return late;
  }
}
