import assert from "node:assert/strict";
import { test } from "node:test";

import { Standstill } from "../../static/js/kit/standstill.js";

/** Looks every 50 ms; the picture moves or stands. */
function watch(standstill, { from, seconds, moves = false, isWanted = true, time = 1 }) {
  const seen = [];
  for (let tick = 0; tick < seconds * 20; tick += 1) {
    const now = from + tick / 20;
    seen.push(standstill.look({ time: moves ? now : time, isWanted, now }));
  }
  return seen;
}

test("says once that the picture stands, and once that it goes on", () => {
  const standstill = new Standstill();
  const seen = [
    ...watch(standstill, { from: 0, seconds: 1, moves: true }),
    ...watch(standstill, { from: 1, seconds: 1 }),
    ...watch(standstill, { from: 2, seconds: 1, moves: true }),
  ];

  assert.equal(seen.filter(({ began }) => began).length, 1);
  assert.equal(seen.filter(({ ended }) => ended).length, 1);
});

test("takes a pause for no standstill", () => {
  const seen = watch(new Standstill(), { from: 0, seconds: 5, isWanted: false });

  assert.equal(seen.some(({ began }) => began), false);
});

test("gives a way up that has cost too much lately", () => {
  const standstill = new Standstill();
  for (let from = 0; from < 20; from += 5) {
    watch(standstill, { from, seconds: 3 });
    standstill.wayIsLate(from + 3);
    watch(standstill, { from: from + 3, seconds: 2, moves: true });
  }

  assert.equal(standstill.isHopeless(20), true);
  assert.equal(standstill.isHopeless(60), false);
});

test("gives a way up that stands again and again, if only for half a second", () => {
  const standstill = new Standstill();
  for (let from = 0; from < 24; from += 4) {
    watch(standstill, { from, seconds: 0.5 });
    standstill.wayIsLate(from + 0.5);
    watch(standstill, { from: from + 0.5, seconds: 3.5, moves: true });
  }

  assert.equal(standstill.isHopeless(24), true);
});

test("forgives one tunnel, and whatever is the seller's own network", () => {
  const tunnel = new Standstill();
  watch(tunnel, { from: 0, seconds: 25 });
  tunnel.wayIsLate(25);
  watch(tunnel, { from: 25, seconds: 1, moves: true });
  const seller = new Standstill();
  for (let from = 0; from < 20; from += 5) {
    watch(seller, { from, seconds: 3 });
    watch(seller, { from: from + 3, seconds: 2, moves: true });
  }

  assert.equal(tunnel.isHopeless(26), false);
  assert.equal(seller.isHopeless(20), false);
});
