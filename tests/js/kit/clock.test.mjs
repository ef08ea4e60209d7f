import assert from "node:assert/strict";
import { test } from "node:test";

import { minutesLeft, stopwatch, timeLeft } from "../../../static/js/kit/clock.js";

test("what is left is counted in whole seconds, the last one included", () => {
  assert.deepEqual(timeLeft(10_861_000, 0), { hours: "03", minutes: "01", seconds: "01", isOver: false });
  assert.deepEqual(timeLeft(1, 0), { hours: "00", minutes: "00", seconds: "01", isOver: false });
});

test("a moment that has come is over", () => {
  assert.deepEqual(timeLeft(5_000, 6_000), { hours: "00", minutes: "00", seconds: "00", isOver: true });
});

test("a stopwatch is written with dots, and with colons in English", () => {
  assert.equal(stopwatch(2_537), "00.42.17");
  assert.equal(stopwatch(2_537, "en"), "00:42:17");
  assert.equal(stopwatch(-3), "00.00.00");
});

test("what is left of a deal is minutes and seconds, in the reader's way", () => {
  assert.equal(minutesLeft(79_001), "1.20");
  assert.equal(minutesLeft(80_000, "en"), "1:20");
  assert.equal(minutesLeft(0), "0.00");
});
