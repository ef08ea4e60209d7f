import assert from "node:assert/strict";
import { test } from "node:test";
import { check, commitmentTo, entrantNumber, inDrawnOrder } from "../../static/js/kit/fair-draw.js";

// Made by the server's own lines.
const seed = "5e".repeat(32);
const salt = "a1".repeat(16);
const commitment = "8414cd6b08e92be7f34132d9f8fabaa0cf0f072bab807b434e7ff02efc918a1e";
const numbers = [
  "fc41395b1c67488ea02138ac36d8e02b8e3003da171112482a8eee7e94d9f51a",
  "e452c83f2e72534d0be21508a9df32a6f4fca32447b3c5882a6b7ad99197abd1",
  "69a4dc3497fcc1c5a69b2a3cba938f8679732c6699c92b7379793a647bb95f42",
  "272d62b2c61d451a9a21f12b0c2fabe76d09ab518911dfc50799b7bc962d17d3",
];
const drawn = [1, 3, 0, 2].map((at) => numbers[at]);
const facts = { seed, salt, commitment, entrants: drawn };

test("gives what the server gives", async () => {
  assert.equal(await commitmentTo(seed), commitment);
  assert.equal(await entrantNumber(salt, "TIKET-1"), numbers[0]);
  const order = await inDrawnOrder(seed, numbers);
  assert.deepEqual(order.map(({ entrant }) => entrant), drawn);
  assert.equal(order[0].lot, "08b7923107d35ce8036cb3546a20bb9b7ec4d004d6fd9ed1bd564952c9cac8e1");
});

test("finds an honest draw right, and one's own number in it", async () => {
  const found = await check(facts, { ticket: "TIKET-1", own: numbers[0] });
  assert.deepEqual(found, { seal: true, order: true, own: true, first: numbers[1] });
  assert.equal((await check(facts)).own, null);
});

test("finds out what was tampered with", async () => {
  assert.equal((await check({ ...facts, seed: "00".repeat(32) })).seal, false);
  assert.equal((await check({ ...facts, seed: "00".repeat(32) })).order, false);
  assert.equal((await check({ ...facts, entrants: [drawn[1], drawn[0], ...drawn.slice(2)] })).order, false);
  assert.equal((await check({ ...facts, entrants: [drawn[0], drawn[0], ...drawn.slice(2)] })).order, false);
  assert.equal((await check(facts, { ticket: "TIKET-9", own: numbers[0] })).own, false);
  assert.equal((await check({ ...facts, entrants: drawn.slice(0, 2) }, { ticket: "TIKET-1", own: numbers[0] })).own, false);
});
