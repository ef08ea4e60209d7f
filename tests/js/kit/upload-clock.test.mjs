import assert from "node:assert/strict";
import { test } from "node:test";

import { left } from "../../../static/js/kit/upload-clock.js";

test("tells the seconds that are left at the pace so far", () => {
  assert.equal(left(2_000_000, 8_000_000, 4_000), 12);
});

test("rounds up, so that it never promises too much", () => {
  assert.equal(left(9_999_999, 10_000_000, 10_000), 1);
});

test("is done at the end, and knows nothing at the start", () => {
  assert.equal(left(8, 8, 500), 0);
  assert.equal(left(0, 8, 500), 0);
});
