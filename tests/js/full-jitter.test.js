import assert from "node:assert/strict";
import { test } from "node:test";

import { FullJitter } from "../../static/js/kit/full-jitter.js";

test("waits at least half a second and at most a ceiling that doubles to fifteen", () => {
  const soon = new FullJitter(() => 0);
  const late = new FullJitter(() => 1);

  assert.deepEqual([soon.next(), soon.next(), soon.next()], [500, 500, 500]);
  assert.deepEqual([1, 2, 3, 4, 5, 6].map(() => late.next()), [1000, 2000, 4000, 8000, 15000, 15000]);
});

test("starts over after a success", () => {
  const late = new FullJitter(() => 1);
  late.next();
  late.next();
  late.reset();

  assert.equal(late.next(), 1000);
});

test("gives a large crowd more room from the first try on", () => {
  const late = new FullJitter(() => 1);

  assert.equal(late.next(3_000), 5_000);
  assert.equal(late.next(0), 2_000);
  assert.equal(new FullJitter(() => 1).next(100_000), 15_000);
  assert.equal(new FullJitter(() => 0).next(100_000), 500);
});
