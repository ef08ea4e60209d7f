/**
 * Watches how late the acknowledgements are and tells the source how much to send; says once a second
 * how the signal is: `onSignal({signal, kbps, fps, lagMs})`.
 */

import { BitrateControl, signalWord } from "../kit/bitrate-control.js";

export const START_KBPS = 700;

const TICK_MS = 250;
const SIGNAL_MS = 1000;
const NORMAL_LAG_MS = 300;

export class Steering {
  #source;
  #uplink;
  #onSignal;
  #control = new BitrateControl({ start: START_KBPS });
  #timer = 0;
  #past = null;

  constructor(source, uplink, onSignal) {
    this.#source = source;
    this.#uplink = uplink;
    this.#onSignal = onSignal;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  stop() {
    clearInterval(this.#timer);
  }

  #tick() {
    if (!this.#uplink.isReady) return;
    const now = performance.now();
    const { way } = this.#uplink;
    const advice = this.#control.tick({ ...way, now });
    this.#source.isSkipping = advice === "skip";
    this.#source.halvesFps = this.#control.halvesFps;
    this.#source.setKbps(this.#control.kbps);
    if (advice === "reconnect") this.#uplink.renew();
    if (!this.#past || now - this.#past.at >= SIGNAL_MS) this.#tell(now, way.oldestUnackedMs);
  }

  #tell(now, lagMs) {
    const past = this.#past;
    this.#past = { at: now, bytes: this.#uplink.bytes, frames: this.#source.framesSent };
    if (!past) return;
    const seconds = (now - past.at) / 1000;
    const kbps = Math.round(((this.#past.bytes - past.bytes) * 8) / 1000 / seconds);
    const fps = Math.round((this.#past.frames - past.frames) / seconds);
    const queueMs = Math.max(0, lagMs - NORMAL_LAG_MS);
    const signal = signalWord({ kbps: this.#control.kbps, fps: this.#source.countsFrames ? fps : Infinity, queueMs });
    this.#onSignal({ signal, kbps, fps, lagMs: Math.round(lagMs) });
  }
}
