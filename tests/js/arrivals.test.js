import assert from "node:assert/strict";
import { test } from "node:test";

import { Arrivals } from "../../static/js/kit/arrivals.js";

/** Pieces of 100 ms; `delays` says how long each was on its way. */
function come(arrivals, delays, from = 0) {
  delays.forEach((delay, at) => arrivals.observe({ edge: from + at / 10, arrivedAt: from + at / 10 + delay }));
}

const steady = (count, delay = 5) => Array(count).fill(delay);

test("remembers how late the latest piece was", () => {
  const arrivals = new Arrivals(1.5);

  come(arrivals, [...steady(50), 5.6, 5.5, 5.4, 5.3, ...steady(20)]);

  assert.ok(Math.abs(arrivals.worst(12) - 0.6) < 1e-9);
});

test("counts a difference of two clocks as nothing", () => {
  const arrivals = new Arrivals(1.5);

  come(arrivals, steady(100, -86_400));

  assert.equal(arrivals.worst(-86_390), 0);
});

test("forgets after a minute", () => {
  const arrivals = new Arrivals(1.5);
  come(arrivals, [...steady(10), 5.6, ...steady(10)]);

  come(arrivals, steady(700), 5);

  assert.ok(arrivals.worst(80) < 1e-9);
});

test("does not remember an outage, nor what led to it", () => {
  const arrivals = new Arrivals(1.5);
  const growing = Array.from({ length: 30 }, (_, at) => 5 + at / 10);

  come(arrivals, [...steady(50), ...growing, ...steady(20)]);

  assert.ok(arrivals.worst(12) < 0.15);
});

test("begins anew where the way has become longer for good", () => {
  const arrivals = new Arrivals(1.5);

  come(arrivals, [...steady(50), ...steady(200, 9)]);

  assert.equal(arrivals.observe({ edge: 30, arrivedAt: 39.2 }).toFixed(1), "0.2");
});

test("survives a clock that jumps back", () => {
  const arrivals = new Arrivals(1.5);
  come(arrivals, steady(50));

  arrivals.observe({ edge: 5, arrivedAt: -3600 });
  come(arrivals, steady(200), 6);

  assert.ok(arrivals.worst(30) <= 1.5);
});
