/**
 * How much to send, from how late the acknowledgements are. What a socket says about its own
 * buffer is no guide: the queue sits in the kernel and in the network.
 */

const NORMAL_LAG_MS = 300; // acknowledgements come five times a second, plus the way there and back
const CREEP_EVERY_MS = 2000;
const FEW_KBPS = 250;

export class BitrateControl {
  #kbps;
  #lowest;
  #highest;
  #creptAt = 0;

  constructor({ start = 700, lowest = 120, highest = 900 } = {}) {
    this.#kbps = start;
    this.#lowest = lowest;
    this.#highest = highest;
  }

  get kbps() {
    return this.#kbps;
  }

  /** Every second picture is left out when there is room for few bits only. */
  get halvesFps() {
    return this.#kbps < FEW_KBPS;
  }

  /** Called every 250 ms; says what else to do: nothing, `skip` pictures or `reconnect`. */
  tick({ oldestUnackedMs, now }) {
    const queueMs = Math.max(0, oldestUnackedMs - NORMAL_LAG_MS);
    if (queueMs > 4000) return "reconnect";
    if (queueMs > 250) this.#lower(queueMs > 600 ? 0.6 : 0.85, now);
    else if (queueMs === 0 && now - this.#creptAt >= CREEP_EVERY_MS) this.#raise(now);
    return queueMs > 900 ? "skip" : "send";
  }

  #lower(factor, now) {
    this.#kbps = Math.max(this.#lowest, Math.round(this.#kbps * factor));
    this.#creptAt = now;
  }

  #raise(now) {
    this.#kbps = Math.min(this.#highest, Math.round(this.#kbps * 1.08));
    this.#creptAt = now;
  }
}

/** The signal in a word: what a seller understands at a glance. */
export function signalWord({ kbps, fps, queueMs }) {
  if (queueMs > 900 || fps < 8 || kbps < 200) return "poor";
  if (queueMs > 400 || fps < 18 || kbps < 400) return "fair";
  return "good";
}
