/**
 * How much to send, from how late the acknowledgements are. What a socket says about its own
 * buffer is no guide: the queue sits in the kernel and in the network.
 */

const NORMAL_LAG_MS = 300; // acknowledgements come five times a second, plus the way there and back
const CREEP_EVERY_MS = 2000;
const FEW_KBPS = 250;
const LITTLE_KBPS = 400; // below this the picture is poor, so it may grow faster
const SOUND_KBPS = 55;
const SHARE = 0.85; // of what the way carries, so that the queue gets shorter
const LONG_DRAIN_MS = 700;

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
  tick({ oldestUnackedMs, now, deliveredKbps = Infinity, drainMs = 0 }) {
    const queueMs = Math.max(0, oldestUnackedMs - NORMAL_LAG_MS);
    if (queueMs > 4000) return "reconnect";
    if (queueMs > 250) this.#lower(queueMs > 600 ? 0.6 : 0.85, deliveredKbps, now);
    else if (queueMs === 0 && now - this.#creptAt >= CREEP_EVERY_MS) this.#raise(now);
    return queueMs > 900 || (queueMs > 250 && drainMs > LONG_DRAIN_MS) ? "skip" : "send";
  }

  /** Go at once to what gets through; step by step only while that is more than what is sent. */
  #lower(factor, deliveredKbps, now) {
    const gentle = this.#kbps * factor;
    const carried = deliveredKbps * SHARE - SOUND_KBPS;
    const wanted = carried < this.#kbps ? Math.max(carried, gentle * 0.5) : gentle;
    this.#kbps = Math.max(this.#lowest, Math.round(wanted));
    this.#creptAt = now;
  }

  #raise(now) {
    this.#kbps = Math.min(this.#highest, Math.round(this.#kbps * (this.#kbps < LITTLE_KBPS ? 1.15 : 1.08)));
    this.#creptAt = now;
  }
}

/** The signal in a word: what a seller understands at a glance. */
export function signalWord({ kbps, fps, queueMs }) {
  if (queueMs > 900 || fps < 8 || kbps < 200) return "poor";
  if (queueMs > 400 || fps < 18 || kbps < 400) return "fair";
  return "good";
}
