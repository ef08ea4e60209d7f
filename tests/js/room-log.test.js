import assert from "node:assert/strict";
import { test } from "node:test";

import { RoomLog } from "../../static/js/kit/room-log.js";

const batch = (from, to) => ({ from, to, items: Array.from({ length: to - from + 1 }, (_, n) => ({ seq: from + n })) });
const numbers = (items) => items.map(({ seq }) => seq);

test("gives the items after the last one that was seen", () => {
  const log = new RoomLog(4);

  assert.deepEqual(numbers(log.take(batch(5, 7))), [5, 6, 7]);
  assert.equal(log.last, 7);
});

test("shows nothing twice when batches overlap", () => {
  const log = new RoomLog();
  log.take(batch(1, 5));

  assert.deepEqual(numbers(log.take(batch(3, 7))), [6, 7]);
  assert.deepEqual(log.take(batch(1, 7)), []);
});

test("refuses a batch with a gap before it and stays where it was", () => {
  const log = new RoomLog(2);

  assert.equal(log.take(batch(4, 5)), null);
  assert.equal(log.last, 2);
});

test("takes a batch without numbers as nothing new", () => {
  assert.deepEqual(new RoomLog(3).take({ now: { likes: 2 } }), []);
});

test("knows from a beat that it is behind", () => {
  const log = new RoomLog(3);

  assert.equal(log.isBehind(3), false);
  assert.equal(log.isBehind(4), true);
});

test("never jumps back", () => {
  const log = new RoomLog(90);
  log.jumpTo(40);

  assert.equal(log.last, 90);
});
