import assert from "node:assert/strict";
import { test } from "node:test";

import { BufferControl, HIGHEST_S, LOWEST_S, aheadOf, nextRangeStart } from "../../static/js/kit/buffer-control.js";

test("keeps more after each stall, up to a limit", () => {
  const control = new BufferControl();
  const targets = [1, 2, 3, 4, 5, 6].map((at) => {
    control.stalled(at);
    return Number(control.target.toFixed(1));
  });

  assert.deepEqual(targets, [0.6, 0.9, 1.2, 1.5, 1.5, 1.5]);
});

test("comes back to little, slowly, while nothing stalls", () => {
  const control = new BufferControl();
  control.stalled(0);
  for (let now = 0; now < 9.9; now += 0.1) control.decide({ ahead: 0.6, now });
  assert.equal(control.target, 0.6);

  for (let now = 10; now < 100; now += 0.1) control.decide({ ahead: 0.6, now });
  assert.equal(control.target, LOWEST_S);
});

test("catches up gently, and jumps when far behind", () => {
  const control = new BufferControl();

  assert.deepEqual(control.decide({ ahead: LOWEST_S, now: 0 }), { rate: 1, jump: false });
  assert.equal(control.decide({ ahead: LOWEST_S + 0.1, now: 0 }).rate, 1.05);
  assert.equal(control.decide({ ahead: LOWEST_S + 1, now: 0 }).rate, 1.1);
  assert.equal(control.decide({ ahead: LOWEST_S + 3, now: 0 }).jump, true);
  assert.ok(control.decide({ ahead: 0.05, now: 0 }).rate < 1);
});

test("gives up only when the largest buffer stalls again and again", () => {
  const control = new BufferControl();
  for (const at of [1, 2, 3, 4]) control.stalled(at);
  assert.equal(control.target, HIGHEST_S);
  assert.equal(control.isHopeless, false);

  control.stalled(5);
  assert.equal(control.isHopeless, true);
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
