import assert from "node:assert/strict";
import { test } from "node:test";

import { markAfter } from "../../static/js/kit/listbox.js";

test("goes down from nothing to the first row, and from the last to the first", () => {
  assert.equal(markAfter("ArrowDown", -1, 3), 0);
  assert.equal(markAfter("ArrowDown", 2, 3), 0);
});

test("goes up from nothing and from the first row to the last", () => {
  assert.equal(markAfter("ArrowUp", -1, 3), 2);
  assert.equal(markAfter("ArrowUp", 0, 3), 2);
  assert.equal(markAfter("ArrowUp", 2, 3), 1);
});

test("marks nothing in an empty list, and stays where it is with other keys", () => {
  assert.equal(markAfter("ArrowDown", -1, 0), -1);
  assert.equal(markAfter("ArrowLeft", 1, 3), 1);
});
