// What happens to the page that sends the picture: it is out of sight, put aside, back, or has the network again. While
// the show runs it keeps the screen awake.

import { WakeLock } from "./camera.js";

const NOTICEABLE_MS = 3000;

export class PageLife {
  #wakeLock = new WakeLock();
  #hiddenAt = 0;
  #callbacks;

  /** `onBack` gets how long nobody saw the page, when that was noticeable, else 0. */
  constructor(callbacks, options) {
    this.#callbacks = callbacks;
    document.addEventListener("visibilitychange", () => this.#seen(), options);
    addEventListener("online", () => callbacks.onBack(0), options);
    addEventListener("pagehide", () => callbacks.onRest(), options);
    addEventListener("pageshow", ({ persisted }) => persisted && callbacks.onWake(), options);
  }

  stayAwake() {
    return this.#wakeLock.hold();
  }

  mayRest() {
    this.#wakeLock.release();
  }

  /** A phone stops the camera of a page that is not looked at. */
  #seen() {
    this.#wakeLock.renew();
    if (document.visibilityState === "hidden") {
      this.#hiddenAt = performance.now();
      return;
    }
    const ms = performance.now() - this.#hiddenAt;
    this.#callbacks.onBack(ms > NOTICEABLE_MS ? ms : 0);
  }
}
