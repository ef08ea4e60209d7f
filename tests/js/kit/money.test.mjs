import assert from "node:assert/strict";
import { test } from "node:test";

import { compact, number, rupiah } from "../../../static/js/kit/money.js";

test("rupiah has dots, no space and no cents", () => {
  assert.equal(rupiah(12_500), "Rp12.500");
  assert.equal(rupiah(1_249_000), "Rp1.249.000");
  assert.equal(rupiah(0), "Rp0");
});

test("a debt carries a true minus sign", () => {
  assert.equal(rupiah(-13_500), "\u2212Rp13.500");
});

test("counts are grouped in the reader's language", () => {
  assert.equal(number(1_284), "1.284");
  assert.equal(number(1_284, "en"), "1,284");
});

test("compact counts are cut and never boast", () => {
  assert.equal(compact(999), "999");
  assert.equal(compact(1_000), "1\u00a0rb");
  assert.equal(compact(12_599), "12,5\u00a0rb");
  assert.equal(compact(999_999), "999\u00a0rb");
  assert.equal(compact(1_200_000), "1,2\u00a0jt");
  assert.equal(compact(12_599, "en"), "12.5k");
});
