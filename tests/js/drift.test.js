import assert from "node:assert/strict";
import { test } from "node:test";

import { Drift } from "../../static/js/kit/drift.js";

const PIECE_S = 0.08;

/** A way that carries this share of the show: each piece takes longer to arrive than to play. */
function watch(drift, { seconds, share = 1, from = 0, late = 0, wait = () => 0 }) {
  let queue = late;
  for (let sentAt = from; sentAt < from + seconds; sentAt += PIECE_S) {
    queue = Math.max(0, queue + PIECE_S * (1 / share - 1));
    const now = sentAt + 0.05 + queue + wait(sentAt);
    drift.observe({ delay: now - sentAt, now });
    if (drift.isFalling) return sentAt - from;
  }
  return null;
}

test("leaves a way that carries nine tenths of the show, after some twenty seconds", () => {
  const leftAt = watch(new Drift(), { seconds: 60, share: 0.9 });

  assert.ok(leftAt > 15 && leftAt < 27, `left after ${leftAt} s`);
});

test("leaves one that carries 98 of 100 when the far road is as fresh", () => {
  const leftAt = watch(new Drift(), { seconds: 300, share: 0.98 });

  assert.ok(leftAt > 120 && leftAt < 180, `left after ${leftAt} s`);
});

test("stays with a poor one that stands still now and then and catches up", () => {
  const stall = (at) => Math.max(0, 0.6 - (at % 8));

  assert.equal(watch(new Drift(), { seconds: 300, share: 1.5, wait: stall }), null);
});

test("forgives a rise that ends", () => {
  const drift = new Drift();

  assert.equal(watch(drift, { seconds: 14, share: 0.9 }), null);
  assert.equal(watch(drift, { from: 14, seconds: 60, share: 1.5, late: 1.5 }), null);
});

test("takes an outage for no drift", () => {
  const drift = new Drift();

  assert.equal(watch(drift, { seconds: 30 }), null);
  assert.equal(watch(drift, { from: 30, seconds: 10, share: 20, late: 30 }), null);
  assert.equal(watch(drift, { from: 70, seconds: 60 }), null);
});

test("measures another connection anew", () => {
  const drift = new Drift();
  watch(drift, { seconds: 15, share: 0.9 });
  drift.reset();

  assert.equal(watch(drift, { from: 15, seconds: 30, late: 9, share: 1 }), null);
});
