import assert from "node:assert/strict";
import { test } from "node:test";
import { ShowClock } from "../../static/js/kit/show-clock.js";

test("ticks with the server's time, whatever the phone's clock says", () => {
  const clock = new ShowClock();
  clock.greet({ at: 1_000_000, clock: { zero: 940_000 } }, 5_000);
  assert.equal(clock.ms(5_000), 60_000);
  assert.equal(clock.msLeft(97_000, 5_000), 37_000);
  assert.equal(clock.msLeft(97_000, 15_000), 27_000);
});

test("stands still while the host is away and goes on from the same second", () => {
  const clock = new ShowClock();
  clock.greet({ at: 1_000_000, clock: { zero: 940_000 } }, 0);
  clock.set({ ms: 60_000 });
  assert.equal(clock.runs, false);
  assert.equal(clock.msLeft(97_000, 50_000), 37_000);
  clock.set({ zero: 990_000 });
  assert.equal(clock.msLeft(97_000, 50_000), 37_000);
});

test("a moment that has come leaves nothing", () => {
  const clock = new ShowClock();
  clock.greet({ at: 0, clock: { ms: 8_000 } }, 0);
  assert.equal(clock.msLeft(7_000), 0);
});
