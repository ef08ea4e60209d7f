import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { Permit } from "../../static/js/live/permit.js";

const settled = () => new Promise((resolve) => setImmediate(resolve));
const granted = (token) => ({ status: 200, redirected: false, json: async () => ({ token }) });

/** A network that holds every question until the test answers it. */
function network() {
  const questions = [];
  globalThis.fetch = (_, { signal }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      questions.push({ signal, answer: resolve, lose: () => reject(new TypeError("no network")) });
    });
  const told = [];
  const permit = new Permit("/izin/", {
    onGranted: (token) => told.push(token),
    onDenied: () => told.push("denied"),
    onFailed: () => told.push("failed"),
  });
  return { questions, told, permit };
}

test("takes the first answer and silences the other questions", async () => {
  const { questions, told, permit } = network();
  permit.ask();
  permit.ask();
  questions[1].answer(granted("B"));
  await settled();

  assert.deepEqual(told, ["B"]);
  assert.equal(questions[0].signal.aborted, true);
  assert.equal(permit.atHand, "B");
});

test("lets the oldest question go when many wait", () => {
  const { questions, permit } = network();
  for (let count = 0; count < 4; count += 1) permit.ask();

  assert.deepEqual(questions.map(({ signal }) => signal.aborted), [true, false, false, false]);
  permit.stop();
});

test("says that it failed only when no question waits any more", async () => {
  const { questions, told, permit } = network();
  permit.ask();
  permit.ask();
  questions[0].lose();
  await settled();
  const before = [...told];
  questions[1].lose();
  await settled();

  assert.deepEqual(before, []);
  assert.deepEqual(told, ["failed"]);
});

test("knows who may not from who could not be asked", async () => {
  const { questions, told, permit } = network();
  permit.ask();
  questions[0].answer({ status: 404, redirected: false });
  await settled();

  assert.deepEqual(told, ["denied"]);
  assert.equal(permit.atHand, null);
});

test("has nothing at hand that is too old, and forgives the refusal of what had waited", async () => {
  let now = 0;
  const clock = mock.method(performance, "now", () => now);
  const { questions, permit } = network();
  permit.ask();
  questions[0].answer(granted("A"));
  await settled();
  now = 20_000;
  const isWorthAnother = permit.wasRefused();
  permit.ask();
  questions[1].answer(granted("B"));
  await settled();
  const isFreshOneWorthAnother = permit.wasRefused();
  permit.ask();
  questions[2].answer(granted("C"));
  await settled();
  now += 250_000;

  assert.equal(isWorthAnother, true);
  assert.equal(isFreshOneWorthAnother, false);
  assert.equal(permit.atHand, null);
  clock.mock.restore();
});
