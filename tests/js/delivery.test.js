import assert from "node:assert/strict";
import { test } from "node:test";

import { Delivery } from "../../static/js/kit/delivery.js";

/** 25 messages of 4,000 bytes a second; every 200 ms the server has `share` of what was sent since. */
function send(delivery, { from = 0, seconds, arrives }) {
  let sent = 0;
  for (let tick = 0; tick < seconds * 5; tick += 1) {
    for (let part = 0; part < 5; part += 1) delivery.sent(4000, from + tick * 200 + part * 40);
    sent += 5;
    delivery.acked(arrives(sent, tick), from + (tick + 1) * 200);
  }
}

test("knows the pace of a way that carries everything", () => {
  const delivery = new Delivery();
  delivery.begin(0);

  send(delivery, { seconds: 4, arrives: (sent) => sent });

  assert.equal(Math.round(delivery.kbps), 800);
  assert.equal(delivery.oldestMs(4000), 0);
});

test("knows the pace of a way that is too narrow, and how long the queue is", () => {
  const delivery = new Delivery();
  delivery.begin(0);

  send(delivery, { seconds: 2, arrives: (_, tick) => (tick + 1) * 2 });

  assert.equal(Math.round(delivery.kbps), 320);
  assert.equal(Math.round(delivery.drainMs), 3000);
  assert.ok(delivery.oldestMs(2000) > 1000);
});

test("does not take a short standstill for a narrow way", () => {
  const delivery = new Delivery();
  delivery.begin(0);
  send(delivery, { seconds: 2, arrives: (sent) => sent });

  for (const at of [2200, 2400, 2600]) delivery.acked(50, at);

  assert.equal(Math.round(delivery.kbps), 800);
});

test("begins anew with each connection", () => {
  const delivery = new Delivery();
  delivery.begin(0);
  send(delivery, { seconds: 1, arrives: () => 0 });

  delivery.begin(5000);

  assert.equal(delivery.oldestMs(6000), 0);
  assert.equal(delivery.kbps, Infinity);
  assert.equal(delivery.drainMs, 0);
});
