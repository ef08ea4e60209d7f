import assert from "node:assert/strict";
import { test } from "node:test";

import { megabytes, seconds } from "../../static/js/kit/megabytes.js";
import { rememberView, rememberedView } from "../../static/js/kit/view-memory.js";

function device() {
  const kept = new Map();
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
  const page = { cookie: "", documentElement: { saves: null, toggleAttribute: (_, on) => (page.documentElement.saves = on) } };
  return { storage, page };
}

test("begins with video unless data is to be saved", () => {
  const { storage } = device();

  assert.equal(rememberedView("video", storage), "video");
  assert.equal(rememberedView(undefined, storage), "video");
  assert.equal(rememberedView("audio", storage), "audio");
});

test("turns the data saver on with the choice, and remembers how much to save", () => {
  const { storage, page } = device();

  rememberView("text", storage, page);

  assert.match(page.cookie, /^data_saver=on;/);
  assert.equal(page.documentElement.saves, true);
  assert.equal(rememberedView("audio", storage), "text");
});

test("turns the data saver off with video", () => {
  const { storage, page } = device();
  rememberView("text", storage, page);

  rememberView("video", storage, page);

  assert.match(page.cookie, /^data_saver=off;/);
  assert.equal(rememberedView("video", storage), "video");
});

test("a browser that keeps nothing still plays", () => {
  assert.equal(rememberedView("audio", null), "audio");
});

test("says bytes and seconds as people read them", () => {
  assert.equal(megabytes(0), "0,0 MB");
  assert.equal(megabytes(440_000), "0,4 MB");
  assert.equal(megabytes(12_345_678), "12 MB");
  assert.equal(megabytes(1_240_000_000, "en"), "1.2 GB");
  assert.equal(seconds(540), "0,5");
  assert.equal(seconds(540, "en"), "0.5");
});
