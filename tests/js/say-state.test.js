import assert from "node:assert/strict";
import { test } from "node:test";
import { comesBack, SayState } from "../../static/js/kit/say-state.js";

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

test("a chat for followers waits until one follows, and asks again when one leaves", () => {
  const say = new SayState();
  say.rules({ followers_only: true });
  assert.deepEqual(say.at(0), { state: "followers" });
  say.following(true);
  assert.deepEqual(say.at(0), { state: "ready" });
  say.following(false);
  assert.deepEqual(say.at(0), { state: "followers" });
  say.rules({ followers_only: false });
  assert.deepEqual(say.at(0), { state: "ready" });
});

test("a page that thinks itself a follower's believes the server's refusal", () => {
  const say = new SayState();
  say.following(true);
  say.refused({ reason: "followers" }, 0);
  assert.deepEqual(say.at(0), { state: "followers" });
});

test("following lifts no mute", () => {
  const say = new SayState();
  say.rules({ followers_only: true });
  say.refused({ reason: "muted", until: 60_000 }, 0);
  say.following(true);
  assert.deepEqual(say.at(0), { state: "muted", until: 60_000 });
});

test("what may be said later comes back to where it was typed", () => {
  assert.deepEqual(["followers", "word", "slow"].map(comesBack), [true, true, true]);
  assert.deepEqual(["muted", "banned", "rejected"].map(comesBack), [false, false, false]);
});
