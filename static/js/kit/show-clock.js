/**
 * The room's commerce clock in the browser: milliseconds that the show was really on air.
 *
 * `hello` frames bring the server's time and the clock, `state` items the clock alone. It stands still
 * while the host is away.
 */

export class ShowClock {
  #offset = 0; // server's time minus ours
  #clock = { ms: 0 };
  isKnown = false;

  greet({ at, clock }, now = Date.now()) {
    this.#offset = at - now;
    this.#clock = clock;
    this.isKnown = true;
  }

  set(clock) {
    this.#clock = clock;
  }

  get runs() {
    return this.#clock.zero !== undefined;
  }

  ms(now = Date.now()) {
    return this.runs ? Math.max(0, now + this.#offset - this.#clock.zero) : this.#clock.ms;
  }

  msLeft(endsMs, now = Date.now()) {
    return Math.max(0, endsMs - this.ms(now));
  }
}

/** The page's own: a page shows one room. Modules that come later, each bundled for itself, must find the same. */
export const showClock = (globalThis[Symbol.for("market.show-clock")] ??= new ShowClock());
