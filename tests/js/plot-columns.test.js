import assert from "node:assert/strict";
import { test } from "node:test";

import { columnAt, middleOf } from "../../static/js/kit/plot-columns.js";

test("a share of the width is a column", () => {
  assert.equal(columnAt(0, 4), 0);
  assert.equal(columnAt(0.249, 4), 0);
  assert.equal(columnAt(0.25, 4), 1);
  assert.equal(columnAt(0.999, 4), 3);
});

test("outside the drawing the nearest column is meant", () => {
  assert.equal(columnAt(-0.3, 4), 0);
  assert.equal(columnAt(1, 4), 3);
  assert.equal(columnAt(7, 4), 3);
  assert.equal(columnAt(0.5, 1), 0);
});

test("a column is found again at its middle", () => {
  for (const columns of [1, 7, 96]) {
    for (let column = 0; column < columns; column += 1) {
      assert.equal(columnAt(middleOf(column, columns) / 100, columns), column);
    }
  }
});
