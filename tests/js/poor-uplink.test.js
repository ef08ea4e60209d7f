import assert from "node:assert/strict";
import { test } from "node:test";

import { BitrateControl } from "../../static/js/kit/bitrate-control.js";

const TICK_MS = 250;
const SOUND_KBPS = 64;
const ROUND_TRIP_MS = 150;

/** 400 kbit/s of which 8 % get lost and are sent again; every ten seconds it is half of that for a second. */
function linkKbps(now) {
  return 400 * 0.92 * (now % 10_000 < 1000 ? 0.5 : 1);
}

/** Five minutes of a host behind that link: how late the oldest unacknowledged message was, tick by tick, and what was given up. */
function host({ kbps, advise }) {
  const queue = [];
  const lateness = [];
  let connections = 1;
  for (let now = TICK_MS; now <= 300_000; now += TICK_MS) {
    let room = (linkKbps(now) * TICK_MS) / 1000;
    const delivered = Math.min(room, queue.reduce((sum, message) => sum + message.kbits, 0));
    while (queue.length && room > 0) {
      const taken = Math.min(room, queue[0].kbits);
      room -= taken;
      queue[0].kbits -= taken;
      if (queue[0].kbits <= 0) queue.shift();
    }
    const oldestUnackedMs = (queue.length ? now - queue[0].sentAt : 0) + ROUND_TRIP_MS;
    lateness.push(oldestUnackedMs);
    const left = queue.reduce((sum, message) => sum + message.kbits, 0);
    const deliveredKbps = left ? (delivered * 1000) / TICK_MS : undefined;
    const advice = advise({ oldestUnackedMs, deliveredKbps, drainMs: (left / linkKbps(now)) * 1000, now });
    if (advice === "reconnect") {
      queue.length = 0;
      connections += 1;
    }
    const picture = advice === "skip" ? 0 : kbps();
    queue.push({ sentAt: now, kbits: ((picture + SOUND_KBPS) * TICK_MS) / 1000 });
  }
  return { inTime: lateness.filter((late) => late <= 1500).length / lateness.length, connections };
}

test("a steered picture leaves room for the sound on a link of 400 kbit/s that loses packets", () => {
  const control = new BitrateControl({ start: 800 });

  const { inTime, connections } = host({ kbps: () => control.kbps, advise: (state) => control.tick(state) });

  assert.ok(inTime >= 0.95, `in time: ${inTime}`);
  assert.equal(connections, 1);
});

test("a picture that nobody steers drowns the sound on the same link", () => {
  const { inTime } = host({ kbps: () => 800, advise: () => "send" });

  assert.ok(inTime < 0.05, `in time: ${inTime}`);
});
