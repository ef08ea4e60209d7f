import assert from "node:assert/strict";
import { test } from "node:test";

import { Outbox } from "../../static/js/kit/outbox.js";

test("offers a message again on every new line until the room shows it", () => {
  const outbox = new Outbox();
  outbox.add("a", "halo", 0);

  assert.deepEqual(outbox.unsettled().map(({ id, text }) => [id, text]), [["a", "halo"]]);
  assert.equal(outbox.settle("a"), true);
  assert.deepEqual(outbox.unsettled(), []);
});

test("does not know other people's messages", () => {
  assert.equal(new Outbox().settle("b"), false);
});

test("fails a message that waited too long, once", () => {
  const outbox = new Outbox();
  outbox.add("a", "halo", 0);

  assert.deepEqual(outbox.overdue(11_000), []);
  assert.deepEqual(outbox.overdue(13_000).map(({ id }) => id), ["a"]);
  assert.deepEqual(outbox.overdue(14_000), []);
  assert.deepEqual(outbox.unsettled(), []);
});

test("waits anew after a retry", () => {
  const outbox = new Outbox();
  outbox.add("a", "halo", 0);
  outbox.fail("a");

  assert.equal(outbox.retry("a", 20_000).text, "halo");
  assert.deepEqual(outbox.overdue(30_000), []);
  assert.equal(outbox.retry("gone", 0), undefined);
});
