import assert from "node:assert/strict";
import { test } from "node:test";
import { SayState } from "../../static/js/kit/say-state.js";

test("everybody may speak at first", () => {
  assert.deepEqual(new SayState().at(0), { state: "ready" });
});

test("slow mode counts down after each message", () => {
  const say = new SayState();
  say.rules({ slow_s: 5 });
  say.said(1_000);
  assert.deepEqual(say.at(1_000), { state: "slow", seconds: 5 });
  assert.deepEqual(say.at(5_001), { state: "slow", seconds: 1 });
  assert.deepEqual(say.at(6_000), { state: "ready" });
});

test("slow mode that is taken away lets everybody speak at once", () => {
  const say = new SayState();
  say.rules({ slow_s: 30 });
  say.said(0);
  say.rules({ slow_s: 0 });
  assert.deepEqual(say.at(1), { state: "ready" });
});

test("the server's wait counts, whatever the rules say", () => {
  const say = new SayState();
  say.wait(9_500, 0);
  assert.deepEqual(say.at(0), { state: "slow", seconds: 10 });
});

test("a mute ends at its moment, or when it is lifted", () => {
  const say = new SayState();
  say.mute(60_000);
  assert.deepEqual(say.at(59_999), { state: "muted", until: 60_000 });
  assert.deepEqual(say.at(60_000), { state: "ready" });
  say.mute();
  assert.deepEqual(say.at(10 ** 12), { state: "muted", until: null });
  say.unmute();
  assert.deepEqual(say.at(0), { state: "ready" });
});

test("a ban has no end", () => {
  const say = new SayState();
  say.mute(null, true);
  assert.deepEqual(say.at(10 ** 12), { state: "banned", until: null });
});
