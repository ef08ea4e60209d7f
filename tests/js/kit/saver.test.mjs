import assert from "node:assert/strict";
import { test } from "node:test";

import { isSlow, savesData } from "../../../static/js/kit/saver.js";

const page = (saver) => ({ hasAttribute: () => saver });

test("saves data when the page or the browser says so", () => {
  assert.equal(savesData(page(true), undefined), true);
  assert.equal(savesData(page(false), { saveData: true }), true);
  assert.equal(savesData(page(false), undefined), false);
});

test("only the two slowest kinds of network are slow", () => {
  assert.equal(isSlow({ effectiveType: "2g" }), true);
  assert.equal(isSlow({ effectiveType: "3g" }), false);
  assert.equal(isSlow(undefined), false);
});
