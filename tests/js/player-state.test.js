import assert from "node:assert/strict";
import { test } from "node:test";
import { afterWord, atTheStartOf, whilePlaying } from "../../static/js/kit/player-state.js";

test("each road has its own word for playing", () => {
  assert.deepEqual(["near", "far", "saver", "replay", undefined].map(whilePlaying), ["live", "live", "audio_only", "replay", "live"]);
});

test("a road begins by connecting, but not before the show or in a replay", () => {
  assert.equal(atTheStartOf("near", "live"), "connecting");
  assert.equal(atTheStartOf("text", "live"), "text_only");
  assert.equal(atTheStartOf("near", "upcoming"), undefined);
  assert.equal(atTheStartOf("replay", "ended"), undefined);
});

test("a live show without a picture is still connecting", () => {
  const now = { before: "paused", state: "paused", road: "near" };
  assert.equal(afterWord("live", { ...now, hasPicture: false }), "connecting");
  assert.equal(afterWord("live", { ...now, hasPicture: true }), "live");
});

test("another publisher in a live show changes nothing while the picture stands", () => {
  const now = { before: "live", state: "stalled", road: "near", hasPicture: true };
  assert.equal(afterWord("live", now), undefined);
  assert.equal(afterWord("paused", now), "paused");
});
