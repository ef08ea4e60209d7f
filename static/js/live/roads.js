/**
 * Which way the show comes to this viewer, and what happens when a way does not do: near, then far,
 * then sound with a still picture; `text` takes nothing at all. Far leads back to near when there has been room for it
 * for a while, each time a longer one. Whoever uses it is told through callbacks:
 *   onRoad(road, why)    the way from now on: near, far, saver, text or replay; `why` is `weak` when the last one was,
 *                        `ample` when a better one is tried again
 *   onClosed()           no way is left
 *   onLost(retryS)       the code of a way did not come; tried again by itself
 * and whatever the ways themselves tell.
 */

import { NearSource, canPlayNear, savingControl } from "./near-source.js";

const FETCH_AGAIN_MS = 2000;
const AMPLE_FOR_S = { first: 30, most: 480 };

export class Roads {
  #video;
  #paths;
  #on;
  #source = null;
  #road = "";
  #timer = 0;
  #turn = 0; // which decision holds: code that comes too late for its own is not used
  #bytesBefore = 0;
  #ampleForS = AMPLE_FOR_S.first;

  /** `paths` are `watch`, `hls` and `replay`; each may be missing. */
  constructor(video, paths, callbacks) {
    this.#video = video;
    this.#paths = paths;
    this.#on = callbacks;
  }

  get road() {
    return this.#road;
  }

  /** All bytes of pictures and sound that came so far. */
  get bytes() {
    return this.#bytesBefore + (this.#source?.bytes ?? 0);
  }

  /** Begin with what the viewer wants: `video`, `audio` or `text`. */
  take(view) {
    if (view === "text") this.#go("text", null);
    else if (view === "audio" && this.#canSave) this.#save();
    else if (this.#paths.watch && canPlayNear()) this.#near();
    else this.#far();
  }

  replay() {
    if (this.#paths.replay) this.#fetch("replay", this.#paths.replay);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.#bytesBefore = this.bytes;
    this.#source?.stop();
    this.#source = null;
  }

  start() {
    this.#source?.start();
  }

  rest() {
    this.#source?.stop();
  }

  retryNow() {
    this.#source?.retryNow();
  }

  get #canSave() {
    return Boolean(this.#paths.watch && canPlayNear());
  }

  #near(why) {
    this.#go("near", new NearSource(this.#video, this.#paths.watch, this.#callbacks()), why);
  }

  #save(why) {
    const options = { control: savingControl(), drift: null };
    const source = new NearSource(this.#video, `${this.#paths.watch}?saver`, this.#callbacks(), options);
    this.#go("saver", source, why);
  }

  #far(why) {
    if (this.#paths.hls) this.#fetch("far", this.#paths.hls, why);
    else if (why === "weak" && this.#canSave) this.#save(why);
    else this.#on.onClosed();
  }

  /** Few need this way at once, so its code comes when it is asked for; the way that failed leaves it the network. */
  async #fetch(road, url, why) {
    this.stop();
    const turn = this.#turn;
    try {
      const { FarSource } = await import("./far-source.js");
      const trial = { isTrial: why === "weak", ampleForS: this.#ampleForS };
      if (turn === this.#turn && this.#video.isConnected) this.#go(road, new FarSource(this.#video, url, this.#callbacks(), trial), why);
    } catch {
      if (turn !== this.#turn) return;
      this.#on.onLost(FETCH_AGAIN_MS / 1000);
      this.#timer = setTimeout(() => this.#video.isConnected && this.#fetch(road, url, why), FETCH_AGAIN_MS);
    }
  }

  #go(road, source, why = "") {
    this.stop();
    this.#source = source;
    this.#road = road;
    this.#on.onRoad(road, why);
    source?.start();
  }

  #callbacks() {
    return { ...this.#on, onFail: (why) => this.#failed(why), onAmple: () => this.#tryNear() };
  }

  /** Somebody who had to leave it once may have to again; then it takes longer until the next try. */
  #tryNear() {
    this.#ampleForS = Math.min(AMPLE_FOR_S.most, this.#ampleForS * 2);
    this.#near("ample");
  }

  #failed(why) {
    if (why === "refused") this.#close();
    else if (this.#road === "near") this.#far(why);
    else if (this.#road === "far" && why === "weak" && this.#canSave) this.#save(why);
    else if (this.#road !== "far" || why !== "weak") this.#close();
  }

  #close() {
    this.stop();
    this.#on.onClosed();
  }
}
