/**
 * Whether somebody may speak: "ready", "slow" for some seconds, "muted" until a moment or for good, "banned",
 * "followers" where only those who follow the shop may.
 */

// Trying again helps with some refusals. Of the others, what was typed goes back to where it was typed when it may be
// said yet: in other words, or later.
export const helpsToRepeat = (reason) => ["busy", "again", "fast"].includes(reason);
export const comesBack = (reason) => ["word", "link", "slow", "waiting", "followers"].includes(reason);

export class SayState {
  #slowMs = 0;
  #waitUntil = 0;
  #isForFollowers = false;
  #follows = false;
  #muted = null; // {until: milliseconds or null for good, banned}

  rules({ slow_s: seconds = 0, followers_only: isForFollowers = false } = {}) {
    this.#isForFollowers = isForFollowers;
    this.#slowMs = seconds * 1000;
    if (!this.#slowMs) this.#waitUntil = 0;
  }

  said(now) {
    this.#waitUntil = Math.max(this.#waitUntil, now + this.#slowMs);
  }

  wait(ms, now) {
    this.#waitUntil = now + ms;
  }

  /** Whether this person is one of them; whoever runs the chat counts as one. */
  following(isOn) {
    this.#follows = isOn;
  }

  /** The server knows better than this page. */
  refused({ reason, wait_ms: wait, until }, now) {
    if (wait) this.wait(wait, now);
    if (reason === "muted" || reason === "banned") this.mute(until, reason === "banned");
    if (reason === "followers") [this.#isForFollowers, this.#follows] = [true, false];
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
    if (this.#isForFollowers && !this.#follows) return { state: "followers" };
    if (this.#waitUntil > now) return { state: "slow", seconds: Math.ceil((this.#waitUntil - now) / 1000) };
    return { state: "ready" };
  }
}
