/**
 * Whether somebody may speak: "ready", "slow" for some seconds, "muted" until a moment or for good, "banned".
 */

export class SayState {
  #slowMs = 0;
  #waitUntil = 0;
  #muted = null; // {until: milliseconds or null for good, banned}

  rules({ slow_s: seconds = 0 } = {}) {
    this.#slowMs = seconds * 1000;
    if (!this.#slowMs) this.#waitUntil = 0;
  }

  said(now) {
    this.#waitUntil = Math.max(this.#waitUntil, now + this.#slowMs);
  }

  wait(ms, now) {
    this.#waitUntil = now + ms;
  }

  mute(until = null, banned = false) {
    this.#muted = { until, banned };
  }

  unmute() {
    this.#muted = null;
  }

  at(now) {
    if (this.#muted?.until && this.#muted.until <= now) this.#muted = null;
    if (this.#muted) return { state: this.#muted.banned ? "banned" : "muted", until: this.#muted.until };
    if (this.#waitUntil > now) return { state: "slow", seconds: Math.ceil((this.#waitUntil - now) / 1000) };
    return { state: "ready" };
  }
}
