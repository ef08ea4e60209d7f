/**
 * What one press of the start button begins: pictures and sound are coded, sent and steered until it is stopped.
 *   onState(state, more)  connecting became live or reconnecting; in the end `ended` or `refused`
 *   onNotice(notice)      something to tell the seller
 *   onSignal(signal)      how the network does, once a second
 *   onError(error)        of the coding
 */

import { makeSource } from "./picture-source.js";
import { START_KBPS, Steering } from "./steering.js";
import { Uplink } from "./uplink.js";

export class Sending {
  #on;
  #source = null;
  #uplink = null;
  #steering = null;

  constructor(callbacks) {
    this.#on = callbacks;
  }

  /** False when this browser cannot code what viewers can play. `paths` are `publish` and `tokenUrl`. */
  async start(paths, stream) {
    this.#source = await makeSource({ kbps: START_KBPS, uplink: () => this.#uplink, onError: this.#on.onError });
    if (!this.#source) return false;
    this.#source.use(stream);
    this.#uplink = new Uplink(paths, this.#source.form, this.#callbacks());
    this.#uplink.open();
    this.#steering = new Steering(this.#source, this.#uplink, this.#on.onSignal);
    return true;
  }

  get isConnected() {
    return this.#uplink.isReady;
  }

  use(stream) {
    this.#source.use(stream);
  }

  /** Whether this picture lies over the camera's now. */
  cover(bitmap) {
    return this.#source.cover(bitmap);
  }

  retryNow() {
    this.#uplink.retryNow();
  }

  /** The page rests and wakes. */
  rest() {
    this.#uplink.close();
  }

  wake() {
    this.#uplink.open();
  }

  /** Behave as if the network were gone for a while; for tests and measurements. */
  dropFor(ms) {
    this.rest();
    this.#source.pause();
    setTimeout(() => this.wake(), ms);
  }

  /** The show is over for everybody. */
  end() {
    this.#uplink.bye();
    this.stop();
  }

  stop() {
    this.#steering.stop();
    this.#uplink.close();
    this.#source.stop();
  }

  #callbacks() {
    return {
      onReady: () => {
        this.#source.resume();
        this.#on.onState("live");
      },
      onLost: (retryInS) => {
        this.#source.pause();
        this.#on.onState("reconnecting", { retryInS });
      },
      onRefused: (reason) => {
        this.stop();
        this.#on.onState(reason === "ended" ? "ended" : "refused", { reason });
      },
      onNotice: this.#on.onNotice,
    };
  }
}
