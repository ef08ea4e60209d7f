import assert from "node:assert/strict";
import { test } from "node:test";
import { maybeWish } from "../../static/js/kit/wish-words.js";

test("lets every wish through", () => {
  for (const text of ["keep a12", "FIX A12 L 2", "fixx a12 xl x3", "mau a12 merah", "kak mau a12 dong", "cf A-12 ×4", "keeep AB123!!", "Ambil, a12, warna merah.", "batal A12", "fiks 2 a12"]) {
    assert.equal(maybeWish(text), true, text);
  }
});

test("keeps ordinary talk from the server", () => {
  for (const text of ["a12 bagus", "keep dulu ya kak", "kak A12 masih?", "mau dong", "", "keepsake a12 cantik", "halo semua", "mau a1234"]) {
    assert.equal(maybeWish(text), false, text);
  }
});

test("costs no time on long text", () => {
  const began = performance.now();
  maybeWish("k".repeat(300));
  maybeWish("a".repeat(100_000));
  assert.ok(performance.now() - began < 50);
});
