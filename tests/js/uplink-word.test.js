import assert from "node:assert/strict";
import { test } from "node:test";

import { megabits, uplinkWord } from "../../static/js/kit/uplink-word.js";

test("says what an uplink is good for", () => {
  assert.deepEqual([3000, 1200, 1199, 450, 449, 0].map(uplinkWord), ["enough", "enough", "tight", "tight", "little", "little"]);
});

test("says megabits as people read them", () => {
  assert.equal(megabits(1240), "1,2");
  assert.equal(megabits(3000), "3");
  assert.equal(megabits(480, "en"), "0.5");
});
