import assert from "node:assert/strict";
import { test } from "node:test";

import { Backoff } from "../../static/js/kit/backoff.js";
import { uprightCrop } from "../../static/js/kit/picture-crop.js";
import { TrackClock } from "../../static/js/kit/track-clock.js";

test("two tracks with different beginnings meet on the page's clock", () => {
  const [camera, microphone] = [new TrackClock(), new TrackClock()];
  for (let at = 0; at < 50; at += 1) {
    camera.observe(at * 40_000 + 4_320_000_000, at * 40 + 8 + (at % 3));
    microphone.observe(at * 40_000, at * 40 + 8 + (at % 5));
  }

  assert.equal(camera.toPage(1_000_000 + 4_320_000_000), 1_008_000);
  assert.equal(microphone.toPage(1_000_000), 1_008_000);
});

test("a clock that runs slowly is followed", () => {
  const clock = new TrackClock();
  for (let at = 0; at < 1000; at += 1) clock.observe(at * 39_990, at * 40);

  const error = clock.toPage(999 * 39_990) - 999 * 40_000;
  assert.ok(Math.abs(error) < 6_000, `${error} us`);
});

test("waits longer each time, never exactly as long as the others", () => {
  const [early, late] = [new Backoff({ random: () => 0 }), new Backoff({ random: () => 1 })];

  const waits = Array.from({ length: 9 }, () => Number(early.next().toFixed(2)));
  assert.deepEqual(waits, [0.35, 0.7, 1.05, 1.4, 2.1, 3.5, 5.6, 10.5, 10.5]);
  assert.equal(late.next().toFixed(2), "0.65");
  late.reset();
  assert.equal(late.next().toFixed(2), "0.65");
});

test("cuts the upright middle out of any camera", () => {
  assert.deepEqual(uprightCrop(1280, 720), { x: 438, y: 0, width: 404, height: 720 });
  assert.deepEqual(uprightCrop(720, 1280), { x: 0, y: 0, width: 720, height: 1280 });
  assert.deepEqual(uprightCrop(480, 1280), { x: 0, y: 214, width: 480, height: 852 });
});
