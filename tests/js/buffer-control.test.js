import assert from "node:assert/strict";
import { test } from "node:test";

import { BufferControl, HIGHEST_S, LOWEST_S, aheadOf, nextRangeStart } from "../../static/js/kit/buffer-control.js";

/** Pieces of 100 ms up to `until`; each eighth second one is `late`, and those behind it catch up. */
function play(control, { from = 0, until, late = 0 }) {
  for (let edge = from; edge < until; edge += 0.1) {
    const sinceStall = edge % 8;
    control.arrived({ edge, arrivedAt: edge + 1 + Math.max(0, late - sinceStall * 2) });
  }
}

test("keeps little where every piece comes in time", () => {
  const control = new BufferControl();

  play(control, { until: 20 });

  assert.equal(control.target(20), LOWEST_S);
});

test("keeps more than the worst gap, before it can come again", () => {
  const control = new BufferControl();

  play(control, { until: 20, late: 0.6 });

  assert.ok(control.target(21) > 0.6 && control.target(21) < 1);
});

test("expects of a long way what it has not seen yet", () => {
  const control = new BufferControl();

  control.asked(0.3, 0);
  control.asked(0.12, 1);

  assert.ok(control.target(2) > 0.8);
  assert.equal(control.target(70), LOWEST_S);
});

test("expects nothing of a short way, even when its first answer was slow", () => {
  const control = new BufferControl();

  control.asked(0.4, 0);
  control.asked(0.015, 1);

  assert.equal(control.target(2), LOWEST_S);
});

test("keeps more after a stall that nothing told of, up to a limit, for a while", () => {
  const control = new BufferControl();
  const targets = [1, 2, 3, 4, 5, 6].map((at) => {
    control.stalled(at);
    return Number(control.target(at).toFixed(1));
  });

  assert.deepEqual(targets, [0.6, 0.9, 1.2, 1.5, 1.5, 1.5]);
  assert.equal(control.target(6), HIGHEST_S);
  assert.equal(control.target(70), LOWEST_S);
});

test("catches up gently, and jumps when far behind", () => {
  const rate = (ahead) => new BufferControl().decide({ ahead, now: 0 });

  assert.deepEqual(rate(LOWEST_S), { rate: 1, jump: false });
  assert.equal(rate(LOWEST_S + 0.1).rate, 1.05);
  assert.equal(rate(LOWEST_S + 0.3).rate, 1.1);
  assert.equal(rate(LOWEST_S + 0.9).rate, 1.15);
  assert.equal(rate(LOWEST_S + 1.1).jump, true);
  assert.ok(rate(0.05).rate < 1);
});

test("does not hurry or dawdle with every piece", () => {
  const control = new BufferControl();
  const rates = new Set();

  for (let tick = 0; tick < 200; tick += 1) {
    rates.add(control.decide({ ahead: LOWEST_S + (tick % 2 ? 0.05 : -0.05), now: tick * 0.05 }).rate);
  }

  assert.deepEqual([...rates], [1]);
});

test("finds the way over a hole", () => {
  const ranges = [[0, 5], [6, 9]];

  assert.equal(nextRangeStart(ranges, 3), null);
  assert.equal(nextRangeStart(ranges, 4.995), 6);
  assert.equal(nextRangeStart(ranges, 5.5), 6);
  assert.equal(nextRangeStart(ranges, 4.9), null);
  assert.equal(nextRangeStart(ranges, 4.9, 0.4), 6);
  assert.equal(nextRangeStart(ranges, 8.99), null);
});

test("knows how much plays without a hole", () => {
  const ranges = [[0, 5], [6, 9]];

  assert.equal(aheadOf(ranges, 4), 1);
  assert.equal(aheadOf(ranges, 6), 3);
  assert.equal(aheadOf(ranges, 5.5), 0);
});
