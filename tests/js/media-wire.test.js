import assert from "node:assert/strict";
import { test } from "node:test";

import { INIT, KEY_FRAGMENT, SOUND, VIDEO, packRecords, socketUrl, toHex, unpackForViewer } from "../../static/js/kit/media-wire.js";

test("packs records the way the server reads them", () => {
  const sound = { kind: SOUND, isKey: true, timeUs: 1, durationUs: 20000, payload: new Uint8Array([7]) };
  const video = { kind: VIDEO, isKey: false, timeUs: 2 ** 40, durationUs: 40000, payload: new Uint8Array([8, 9]) };

  const message = toHex(packRecords([sound, video]));

  assert.equal(message, "0201" + "0000000000000001" + "00004e20" + "00000001" + "07" + "0100" + "0000010000000000" + "00009c40" + "00000002" + "0809");
});

test("a negative or broken duration does not reach the wire", () => {
  const record = { kind: VIDEO, isKey: false, timeUs: -5.4, durationUs: -1, payload: new Uint8Array(0) };

  assert.equal(toHex(packRecords([record])), "0100" + "fffffffffffffffb" + "00000000" + "00000000");
});

test("takes a viewer's message apart", () => {
  const { kind, sentAt, payload } = unpackForViewer(new Uint8Array([2, 0, 0, 4, 210, 5, 6]).buffer);

  assert.equal(kind, KEY_FRAGMENT);
  assert.equal(sentAt, 1.234);
  assert.deepEqual([...payload], [5, 6]);
});

test("an init segment carries no time", () => {
  const { kind, payload } = unpackForViewer(new Uint8Array([0, 5, 6]).buffer);

  assert.equal(kind, INIT);
  assert.deepEqual([...payload], [5, 6]);
});

test("sockets are as safe as the page", () => {
  assert.equal(socketUrl("/media-live/watch/a", "https://pasar.test/live/a/"), "wss://pasar.test/media-live/watch/a");
  assert.equal(socketUrl("/x", "http://127.0.0.1:8000/"), "ws://127.0.0.1:8000/x");
});
