import assert from "node:assert/strict";
import { test } from "node:test";

import { BitrateControl, signalWord } from "../../static/js/kit/bitrate-control.js";

function ticks(control, oldestUnackedMs, count, from = 0) {
  let advice;
  for (let tick = 1; tick <= count; tick += 1) advice = control.tick({ oldestUnackedMs, now: from + tick * 250 });
  return advice;
}

test("stays while acknowledgements come in time, and creeps up", () => {
  const control = new BitrateControl({ start: 500, highest: 900 });

  assert.equal(ticks(control, 200, 7), "send");
  assert.equal(control.kbps, 500);
  ticks(control, 200, 8, 1750);
  assert.equal(control.kbps, 540);
  ticks(control, 200, 400, 4000);
  assert.equal(control.kbps, 900);
});

test("comes down within a second and a half when the uplink falls", () => {
  const control = new BitrateControl({ start: 800, lowest: 120 });

  ticks(control, 1000, 6);

  assert.equal(control.kbps, 120);
  assert.equal(control.halvesFps, true);
});

test("goes at once to what gets through, but never below it all at once", () => {
  const control = new BitrateControl({ start: 800, lowest: 120 });

  control.tick({ oldestUnackedMs: 600, deliveredKbps: 300, drainMs: 500, now: 250 });
  assert.equal(control.kbps, 340);

  control.tick({ oldestUnackedMs: 600, deliveredKbps: 300, drainMs: 500, now: 500 });
  assert.equal(control.kbps, 200);
});

test("leaves pictures out early when the queue will take long", () => {
  const control = new BitrateControl({ start: 800 });

  assert.equal(control.tick({ oldestUnackedMs: 600, deliveredKbps: 300, drainMs: 1100, now: 250 }), "skip");
  assert.equal(control.tick({ oldestUnackedMs: 200, deliveredKbps: 300, drainMs: 1100, now: 500 }), "send");
});

test("grows faster while the picture is poor", () => {
  const poor = new BitrateControl({ start: 200 });

  ticks(poor, 100, 8);

  assert.equal(poor.kbps, 230);
});

test("comes down less for a short queue", () => {
  const control = new BitrateControl({ start: 800 });

  ticks(control, 600, 1);

  assert.equal(control.kbps, 680);
});

test("leaves pictures out before the encoder, and in the end begins anew", () => {
  const control = new BitrateControl();

  assert.equal(ticks(control, 1300, 1), "skip");
  assert.equal(ticks(control, 4400, 1), "reconnect");
});

test("says in a word how the signal is", () => {
  assert.equal(signalWord({ kbps: 700, fps: 25, queueMs: 0 }), "good");
  assert.equal(signalWord({ kbps: 350, fps: 25, queueMs: 0 }), "fair");
  assert.equal(signalWord({ kbps: 700, fps: 25, queueMs: 1000 }), "poor");
  assert.equal(signalWord({ kbps: 700, fps: 5, queueMs: 0 }), "poor");
});
