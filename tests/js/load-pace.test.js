import assert from "node:assert/strict";
import { test } from "node:test";

import { LoadPace } from "../../static/js/kit/load-pace.js";

/** Segments of a second each; what they took to load, and whether the way was left or had room at the end. */
function load(pace, { segments, took, from = 0 }) {
  let now = from;
  for (let at = 0; at < segments; at += 1) {
    now += Math.max(1, took);
    pace.loaded({ took, plays: 1, at: now });
  }
  return { now, isTight: pace.isTight(now), isAmple: pace.isAmple(now) };
}

test("calls a way tight that carries less than five sixths of the show", () => {
  assert.equal(load(new LoadPace(), { segments: 25, took: 1.3 }).isTight, true);
});

test("calls none tight that keeps up, nearly keeps up, or was slow for a moment", () => {
  const pace = new LoadPace();

  assert.equal(load(new LoadPace(), { segments: 60, took: 1.11 }).isTight, false);
  assert.equal(load(new LoadPace(), { segments: 40, took: 0.95 }).isTight, false);
  assert.equal(load(pace, { segments: 5, took: 3 }).isTight, false);
  assert.equal(load(pace, { from: 15, segments: 20, took: 0.2 }).isTight, false);
});

test("goes back only after there was room for twice as much for half a minute", () => {
  assert.equal(load(new LoadPace(), { segments: 25, took: 0.2 }).isAmple, false);
  assert.equal(load(new LoadPace(), { segments: 60, took: 0.7 }).isAmple, false);
  assert.equal(load(new LoadPace(), { segments: 33, took: 0.2 }).isAmple, true);
});

test("begins to wait anew after a segment that came late, and after a standstill", () => {
  const late = new LoadPace();
  load(late, { segments: 20, took: 0.2 });
  load(late, { from: 20, segments: 1, took: 1.5 });
  const stood = new LoadPace();
  load(stood, { segments: 20, took: 0.2 });
  stood.stood();

  assert.equal(load(late, { from: 22, segments: 20, took: 0.2 }).isAmple, false);
  assert.equal(load(stood, { from: 20, segments: 20, took: 0.2 }).isAmple, false);
  assert.equal(load(stood, { from: 40, segments: 12, took: 0.2 }).isAmple, true);
});

test("waits longer when it is told to", () => {
  const pace = new LoadPace({ ampleForS: 60 });

  assert.equal(load(pace, { segments: 50, took: 0.1 }).isAmple, false);
  assert.equal(load(pace, { from: 50, segments: 12, took: 0.1 }).isAmple, true);
});
