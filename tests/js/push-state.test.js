import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOf, stateOf } from "../../static/js/kit/push-state.js";

test("a browser without push is said to be one", () => {
  assert.equal(stateOf({ isPossible: false, permission: "granted", isSubscribed: true }), "missing");
});

test("who refused once is told where to allow it", () => {
  assert.equal(stateOf({ isPossible: true, permission: "denied", isSubscribed: false }), "blocked");
});

test("it is on only while the permission holds", () => {
  assert.equal(stateOf({ isPossible: true, permission: "granted", isSubscribed: true }), "on");
  assert.equal(stateOf({ isPossible: true, permission: "default", isSubscribed: true }), "off");
});

test("base64url is read with and without what URLs cannot hold", () => {
  assert.deepEqual([...bytesOf("-_8")], [251, 255]);
  assert.deepEqual([...bytesOf("AAEC")], [0, 1, 2]);
});
