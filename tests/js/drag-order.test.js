import assert from "node:assert/strict";
import { test } from "node:test";
import { placeAt, shifts } from "../../static/js/kit/drag-order.js";

const MIDDLES = [50, 150, 250, 350];

test("a box stays until its middle has passed that of a neighbour", () => {
  assert.equal(placeAt(150, MIDDLES, 1), 1);
  assert.equal(placeAt(249, MIDDLES, 1), 1);
  assert.equal(placeAt(251, MIDDLES, 1), 2);
  assert.equal(placeAt(51, MIDDLES, 1), 1);
  assert.equal(placeAt(49, MIDDLES, 1), 0);
});

test("it passes as many as it was dragged over, and none beyond the ends", () => {
  assert.equal(placeAt(900, MIDDLES, 0), 3);
  assert.equal(placeAt(-900, MIDDLES, 3), 0);
});

test("those between make room, in the direction it came from", () => {
  assert.deepEqual(shifts(4, 0, 2, 60), [0, -60, -60, 0]);
  assert.deepEqual(shifts(4, 3, 1, 60), [0, 60, 60, 0]);
  assert.deepEqual(shifts(4, 2, 2, 60), [0, 0, 0, 0]);
});
