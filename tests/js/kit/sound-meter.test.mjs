import assert from "node:assert/strict";
import { test } from "node:test";

import { levelOf } from "../../../static/js/kit/sound-meter.js";

const wave = (height) => Uint8Array.from({ length: 512 }, (_, index) => 128 + Math.round(height * Math.sin(index / 5)));

test("silence has no level", () => {
  assert.equal(levelOf(new Uint8Array(512).fill(128)), 0);
});

test("a full voice comes near the top", () => {
  const level = levelOf(wave(127));
  assert.ok(level > 0.9 && level <= 1, String(level));
});

test("the level follows the ear: ten times quieter is one step, not nothing", () => {
  const difference = levelOf(wave(100)) - levelOf(wave(10));
  assert.ok(Math.abs(difference - 0.4) < 0.03, String(difference));
});
