import assert from "node:assert/strict";
import { test } from "node:test";

import { newId } from "../../static/js/kit/uuid.js";

test("makes version 4 ids from the given bytes", () => {
  assert.equal(newId((bytes) => bytes.fill(0xff)), "ffffffff-ffff-4fff-bfff-ffffffffffff");
  assert.equal(newId((bytes) => bytes), "00000000-0000-4000-8000-000000000000");
});

test("makes another id each time", () => {
  assert.notEqual(newId(), newId());
});
