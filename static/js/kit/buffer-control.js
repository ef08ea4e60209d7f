/**
 * How much to keep between what plays and what has arrived: as little as this network allows.
 * All in seconds. `ahead` is how much is buffered in front of the playhead.
 */

export const LOWEST_S = 0.3;
export const HIGHEST_S = 1.5;
const STEP_S = 0.3;
const CALM_S = 10;
const SHRINK_S = 0.15;
const JUMP_S = 2.5;
const SLACK_S = 0.05;

export class BufferControl {
  #target = LOWEST_S;
  #calmSince = 0;
  #stalls = [];

  get target() {
    return this.#target;
  }

  /** The picture stood still for lack of data: keep more from now on. */
  stalled(now) {
    this.#stalls = [...this.#stalls.filter((at) => now - at < 30), now];
    this.#target = Math.min(HIGHEST_S, this.#target + STEP_S);
    this.#calmSince = now;
  }

  /** Even the largest buffer does not help: this network needs the far road. */
  get isHopeless() {
    return this.#target >= HIGHEST_S && this.#stalls.length >= 5;
  }

  /** What to do now: the playback rate, and whether to jump to the edge. */
  decide({ ahead, now }) {
    this.#relax(now);
    const excess = ahead - this.#target;
    if (excess > JUMP_S) return { rate: 1, jump: true };
    return { rate: rateFor(excess), jump: false };
  }

  #relax(now) {
    if (this.#target <= LOWEST_S) {
      this.#calmSince = now;
    } else if (now - this.#calmSince > CALM_S) {
      this.#target = Math.max(LOWEST_S, this.#target - SHRINK_S);
      this.#calmSince = now;
    }
  }
}

function rateFor(excess) {
  if (excess > 0.25) return 1.1;
  if (excess > SLACK_S) return 1.05;
  if (excess < -0.15) return 0.96;
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
