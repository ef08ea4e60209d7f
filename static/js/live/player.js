/**
 * <live-player data-watch="/media-live/watch/CODE" data-hls="/media-live/hls/CODE/live.m3u8"
 *              data-replay="…" data-state="upcoming|live|paused|ended" data-view="video|audio|text">
 *   <video playsinline muted poster="/media-live/poster/CODE.jpg"></video>
 * </live-player>
 *
 * The element writes `data-state` on itself: upcoming, connecting, live, stalled, reconnecting, paused,
 * ended, replay, blocked, audio_only, text_only. `data-road` is near, far, saver, text or replay. It works with as
 * much of its contents as the page gives it.
 *
 * Events (bubbling): `player:state` {state, road, retryInS}, `player:time` {ms} a few times a second on the
 * media clock, `player:road` {road, why}, `player:delay` {ms} how far behind the seller we are.
 * Methods: seek(ms), unmute(), mute(), retry(), take(view); `bytes` is what has come so far.
 */

import { afterWord, atTheStartOf, whilePlaying } from "../kit/player-state.js";
import { rememberedView } from "../kit/view-memory.js";
import { PlayerParts } from "./player-parts.js";
import { Roads } from "./roads.js";

const STALL_SHOWS_AFTER_MS = 800;

class LivePlayer extends HTMLElement {
  #video = null;
  #parts = null;
  #roads = null;
  #abort = null;
  #stallTimer = 0;
  #shown = "live"; // what the server says of the show

  connectedCallback() {
    this.#video = this.querySelector("video");
    this.#parts = new PlayerParts(this, this.#video);
    this.#abort = new AbortController();
    this.#listen({ signal: this.#abort.signal });
    this.#roads = new Roads(this.#video, { ...this.dataset }, this.#callbacks());
    if (this.dataset.state !== "ended") this.take(rememberedView(this.dataset.view));
    else if (this.dataset.replay) this.#roads.replay();
    else this.#setState("ended");
  }

  disconnectedCallback() {
    this.#abort.abort();
    clearTimeout(this.#stallTimer);
    this.#roads.stop();
  }

  get bytes() {
    return this.#roads.bytes;
  }

  /** What the viewer wants to get from now on: `video`, `audio` or `text`. */
  take(view) {
    this.dataset.view = view;
    this.#roads.take(view);
  }

  /** Go to a moment of the media clock, in milliseconds. */
  seek(ms) {
    this.#video.currentTime = ms / 1000;
    this.#play();
  }

  unmute() {
    this.#video.muted = false;
    this.#play();
  }

  mute() {
    this.#video.muted = true;
  }

  retry() {
    this.#roads.retryNow();
  }

  #listen(options) {
    const video = this.#video;
    video.addEventListener("timeupdate", () => this.#tell("player:time", { ms: Math.round(video.currentTime * 1000) }), options);
    video.addEventListener("volumechange", () => this.#parts.showButtons(), options);
    video.addEventListener("playing", () => this.#playing(), options);
    video.addEventListener("waiting", () => this.#stalled(true), options);
    video.addEventListener("ended", () => this.dataset.road === "far" && this.#setState("ended"), options);
    this.#parts.onPress("unmute", () => this.unmute(), options);
    this.#parts.onPress("play", () => this.#play(), options);
    addEventListener("online", () => this.retry(), options);
    addEventListener("pagehide", () => this.#roads.rest(), options);
    addEventListener("pageshow", (event) => event.persisted && this.#roads.start(), options);
  }

  #callbacks() {
    return {
      onRoad: (road, why) => this.#begin(road, why),
      onState: (state) => this.#showIs(state),
      onLink: (link, retryInS) => link === "lost" && this.#setState("reconnecting", { retryInS }),
      onLost: (retryInS) => this.#setState("reconnecting", { retryInS }),
      onPicture: () => this.#play(),
      onStall: (isStanding) => this.#stalled(isStanding),
      onStill: (picture) => this.#parts.showStill(picture),
      onDelay: (ms) => this.#tell("player:delay", { ms }),
      onClosed: () => this.#setState("blocked"),
    };
  }

  #begin(road, why) {
    this.dataset.road = road;
    if (road !== "saver") this.#parts.hideStill();
    this.#setState(atTheStartOf(road, this.dataset.state));
    this.#tell("player:road", { road, why });
  }

  #showIs(word) {
    const before = this.#shown;
    this.#shown = word;
    this.#setState(afterWord(word, { before, ...this.dataset, hasPicture: this.#video.readyState > 2 }));
  }

  async #play() {
    try {
      await this.#video.play();
    } catch (refusal) {
      if (refusal.name === "NotAllowedError") this.#parts.showButtons({ needsTap: true });
    }
  }

  #playing() {
    this.#stalled(false);
    this.#parts.showButtons();
    if (this.dataset.road === "replay" || this.#shown === "live") this.#setState(whilePlaying(this.dataset.road));
  }

  #stalled(isStanding) {
    clearTimeout(this.#stallTimer);
    const { state } = this.dataset;
    if (isStanding) this.#stallTimer = setTimeout(() => this.dataset.state === whilePlaying(this.dataset.road) && this.#setState("stalled"), STALL_SHOWS_AFTER_MS);
    else if (state === "stalled") this.#setState(whilePlaying(this.dataset.road));
  }

  #setState(state, more = {}) {
    if (!state) return;
    this.dataset.state = state;
    this.#tell("player:state", { state, road: this.dataset.road, ...more });
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}

customElements.define("live-player", LivePlayer);
