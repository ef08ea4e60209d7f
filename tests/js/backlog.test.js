import assert from "node:assert/strict";
import { test } from "node:test";

import { Backlog } from "../../static/js/kit/backlog.js";

const lines = (count) => Array.from({ length: count }, (_, seq) => ({ seq }));

test("shows a few at a time, oldest first", () => {
  const backlog = new Backlog(50);
  backlog.push(...lines(8));

  assert.deepEqual(backlog.next().map(({ seq }) => seq), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(backlog.next().map(({ seq }) => seq), [6, 7]);
  assert.equal(backlog.isEmpty, true);
});

test("keeps only the newest when nobody could read them all", () => {
  const backlog = new Backlog(50);
  backlog.push(...lines(400));

  const shown = [];
  while (!backlog.isEmpty) shown.push(...backlog.next());
  assert.deepEqual(shown.map(({ seq }) => seq), lines(400).slice(-50).map(({ seq }) => seq));
});

test("forgets a line that was taken back before it was shown", () => {
  const backlog = new Backlog(50);
  backlog.push(...lines(3));
  backlog.drop(1);

  assert.deepEqual(backlog.next().map(({ seq }) => seq), [0, 2]);
});
