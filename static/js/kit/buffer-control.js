/**
 * How much to keep between what plays and what has arrived: as little as this network allows, and what
 * it will need before it needs it. All in seconds. `ahead` is how much is buffered in front of the playhead.
 */

import { Arrivals } from "./arrivals.js";

export const LOWEST_S = 0.3;
export const HIGHEST_S = 1.5;
const MARGIN_S = 0.15; // half a piece, and what the element itself needs to go on
const STEP_S = 0.3;
const REMEMBER_S = 60;
const JUMP_S = 1;
const SMOOTH_S = 0.7;
const SLACK_S = 0.05;

// A short way has no surprises; one as long as a mobile network's stands still now and then.
const SHORT_WAY_S = 0.04;
const LONG_WAY_S = 0.12;
const LONG_WAY_WAIT_S = 0.7;

export class BufferControl {
  #lowest;
  #highest;
  #arrivals;
  #way = { quickest: Infinity, since: null };
  #stall = { needs: 0, at: -Infinity };
  #smooth = { ahead: null, at: 0 };

  constructor({ lowest = LOWEST_S, highest = HIGHEST_S } = {}) {
    this.#lowest = lowest;
    this.#highest = highest;
    this.#arrivals = new Arrivals(highest);
  }

  /** A piece whose end is `edge` on the show's clock has come. */
  arrived(piece) {
    return this.#arrivals.observe(piece);
  }

  /** A question was answered after `roundTrip`: expect of the way what such ways do. */
  asked(roundTrip, now) {
    this.#way.since ??= now;
    this.#way.quickest = Math.min(this.#way.quickest, roundTrip);
  }

  /** The picture stood still although no late piece told of it: keep more from now on. */
  stalled(now) {
    this.#stall = { needs: Math.min(this.#highest, this.target(now) + STEP_S), at: now };
  }

  target(now) {
    const wait = Math.max(this.#arrivals.worst(now), this.#expectedWait(now));
    const needs = now - this.#stall.at < REMEMBER_S ? this.#stall.needs : 0;
    return Math.min(this.#highest, Math.max(this.#lowest, wait + MARGIN_S, needs));
  }

  /** The playhead was put elsewhere: what was ahead says nothing any more. */
  moved() {
    this.#smooth.ahead = null;
  }

  /** What to do now: the playback rate, and whether to jump to the edge. */
  decide({ ahead, now }) {
    const target = this.target(now);
    if (ahead - target > JUMP_S) return { rate: 1, jump: true };
    return { rate: rateFor(this.#smoothed(ahead, now) - target), jump: false };
  }

  #expectedWait(now) {
    const { quickest, since } = this.#way;
    if (since === null || now - since > REMEMBER_S) return 0;
    const share = (quickest - SHORT_WAY_S) / (LONG_WAY_S - SHORT_WAY_S);
    return Math.min(1, Math.max(0, share)) * LONG_WAY_WAIT_S;
  }

  /** Pieces come in steps; what counts is the mean. */
  #smoothed(ahead, now) {
    const share = Math.min(1, (now - this.#smooth.at) / SMOOTH_S);
    const before = this.#smooth.ahead ?? ahead;
    this.#smooth = { ahead: before + (ahead - before) * share, at: now };
    return this.#smooth.ahead;
  }
}

function rateFor(excess) {
  if (excess > 0.5) return 1.15;
  if (excess > 0.25) return 1.1;
  if (excess > SLACK_S) return 1.05;
  if (excess < -0.25) return 0.92;
  if (excess < -SLACK_S) return 0.96;
  return 1;
}

/**
 * Where the playhead must go when it stands in front of a hole: the start of the next range, or null.
 * `ranges` are `[start, end]` pairs in order. A player may stop short of the end of its range, so one that
 * has stood still for a while counts as standing at the end of it.
 */
export function nextRangeStart(ranges, time, standsForS = 0) {
  const tail = standsForS > 0.25 ? 0.25 : 0.02;
  const isInside = ranges.some(([start, end]) => time >= start - 0.01 && time < end - tail);
  if (isInside) return null;
  const next = ranges.find(([start]) => start > time);
  return next ? next[0] : null;
}

/** How much plays without a hole from `time` on. */
export function aheadOf(ranges, time) {
  const range = ranges.find(([start, end]) => time >= start - 0.05 && time <= end + 0.01);
  return range ? Math.max(0, range[1] - time) : 0;
}

export function rangesOf(timeRanges) {
  return Array.from({ length: timeRanges.length }, (_, at) => [timeRanges.start(at), timeRanges.end(at)]);
}
