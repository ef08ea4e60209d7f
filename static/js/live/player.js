/**
 * <live-player data-watch="/media-live/watch/CODE" data-hls="/media-live/hls/CODE/live.m3u8"
 *              data-replay="/media-live/hls/CODE/replay.m3u8" data-state="upcoming|live|paused|ended">
 *   <video playsinline muted poster="/media-live/poster/CODE.jpg"></video>
 *   <button data-role="unmute" hidden>…</button>   shown while a picture plays without sound
 *   <button data-role="play" hidden>…</button>     shown when the browser wants a tap first
 * </live-player>
 *
 * The element writes `data-state` on itself: upcoming, connecting, live, stalled, reconnecting, paused,
 * ended, replay, blocked. `data-road` is near, far or replay. It works with as much of its contents
 * as the page gives it.
 *
 * Events (bubbling): `player:state` {state, road, retryInS}, `player:time` {ms} a few times a second on the
 * media clock. Methods: seek(ms), unmute(), mute(), retry().
 */

import { NearSource, canPlayNear } from "./near-source.js";

const STALL_SHOWS_AFTER_MS = 800;
const FETCH_AGAIN_MS = 2000;

class LivePlayer extends HTMLElement {
  #video = null;
  #source = null;
  #abort = null;
  #stallTimer = 0;
  #shown = "live"; // what the server says of the show

  connectedCallback() {
    this.#video = this.querySelector("video");
    this.#abort = new AbortController();
    this.#listen({ signal: this.#abort.signal });
    if (this.dataset.state === "ended") this.#playReplay();
    else if (canPlayNear() && this.dataset.watch) this.#playNear();
    else this.#playFar();
  }

  disconnectedCallback() {
    this.#abort.abort();
    clearTimeout(this.#stallTimer);
    this.#source?.stop();
    this.#source = null;
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
    this.#source?.retryNow();
  }

  #listen(options) {
    const video = this.#video;
    video.addEventListener("timeupdate", () => this.#tell("player:time", { ms: Math.round(video.currentTime * 1000) }), options);
    video.addEventListener("volumechange", () => this.#showButtons(), options);
    video.addEventListener("playing", () => this.#playing(), options);
    video.addEventListener("waiting", () => this.#stalled(true), options);
    video.addEventListener("ended", () => this.dataset.road === "far" && this.#setState("ended"), options);
    this.#button("unmute")?.addEventListener("click", () => this.unmute(), options);
    this.#button("play")?.addEventListener("click", () => this.#play(), options);
    addEventListener("online", () => this.retry(), options);
    addEventListener("pagehide", () => this.#source?.stop(), options);
    addEventListener("pageshow", (event) => event.persisted && this.#source?.start(), options);
  }

  #playNear() {
    this.#begin("near", new NearSource(this.#video, this.dataset.watch, this.#callbacks()));
  }

  #playFar() {
    if (this.dataset.hls) this.#playHls("far", this.dataset.hls);
    else this.#setState("blocked");
  }

  #playReplay() {
    if (this.dataset.replay) this.#playHls("replay", this.dataset.replay);
    else this.#setState("ended");
  }

  /** Few need this road at once, so its code comes when it is asked for. */
  async #playHls(road, url) {
    try {
      const { FarSource } = await import("./far-source.js");
      if (this.isConnected) this.#begin(road, new FarSource(this.#video, url, this.#callbacks()));
    } catch {
      this.#setState("reconnecting", { retryInS: FETCH_AGAIN_MS / 1000 });
      this.#stallTimer = setTimeout(() => this.isConnected && this.#playHls(road, url), FETCH_AGAIN_MS);
    }
  }

  #begin(road, source) {
    this.#source?.stop();
    this.#source = source;
    this.dataset.road = road;
    if (road !== "replay" && this.dataset.state !== "upcoming") this.#setState("connecting");
    source.start();
  }

  #callbacks() {
    return {
      onState: (state) => this.#showIs(state),
      onLink: (link, retryInS) => link === "lost" && this.#setState("reconnecting", { retryInS }),
      onPicture: () => this.#play(),
      onStall: (isStanding) => this.#stalled(isStanding),
      onDelay: (ms) => this.#tell("player:delay", { ms }),
      onFail: (why) => (this.dataset.road === "near" && why !== "refused" ? this.#playFar() : this.#setState("blocked")),
    };
  }

  /** The server's word on the show; a live show still needs its first picture. */
  #showIs(state) {
    this.#shown = state;
    if (state === "live") this.#setState(this.#video.readyState > 2 ? "live" : "connecting");
    else this.#setState(state);
  }

  async #play() {
    try {
      await this.#video.play();
    } catch (refusal) {
      if (refusal.name === "NotAllowedError") this.#showButtons({ needsTap: true });
    }
  }

  #playing() {
    this.#stalled(false);
    this.#showButtons();
    if (this.dataset.road === "replay") this.#setState("replay");
    else if (this.#shown === "live") this.#setState("live");
  }

  #stalled(isStanding) {
    clearTimeout(this.#stallTimer);
    if (isStanding) this.#stallTimer = setTimeout(() => this.dataset.state === "live" && this.#setState("stalled"), STALL_SHOWS_AFTER_MS);
    else if (this.dataset.state === "stalled") this.#setState("live");
  }

  #showButtons({ needsTap = false } = {}) {
    this.#button("unmute")?.toggleAttribute("hidden", !this.#video.muted || needsTap);
    this.#button("play")?.toggleAttribute("hidden", !needsTap);
  }

  #button(role) {
    return this.querySelector(`[data-role="${role}"]`);
  }

  #setState(state, more = {}) {
    this.dataset.state = state;
    this.#tell("player:state", { state, road: this.dataset.road, ...more });
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}

customElements.define("live-player", LivePlayer);
