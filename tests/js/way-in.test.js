import assert from "node:assert/strict";
import { test } from "node:test";

import { wayIn, withoutMark } from "../../static/js/kit/way-in.js";

function store() {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
}

test("the first way into a room stays the way into it", () => {
  const tab = store();

  assert.equal(wayIn("abc", "whatsapp", tab), "whatsapp");
  assert.equal(wayIn("abc", "direct", tab), "whatsapp");
  assert.equal(wayIn("xyz", "shop", tab), "shop");
});

test("a browser without storage says what the page said", () => {
  const forbidden = {
    getItem() {
      throw new Error("forbidden");
    },
  };

  assert.equal(wayIn("abc", "lobby", forbidden), "lobby");
});

test("only the mark leaves the address", () => {
  assert.equal(withoutMark("https://pasar.test/live/abc/?t=60&dari=whatsapp#x"), "https://pasar.test/live/abc/?t=60#x");
  assert.equal(withoutMark("https://pasar.test/live/abc/?dari=qr"), "https://pasar.test/live/abc/");
  assert.equal(withoutMark("https://pasar.test/live/abc/?t=60"), null);
});
