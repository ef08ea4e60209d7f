/**
 * <live-publisher data-publish="/media-live/publish/CODE" data-token-url="/studio/CODE/token">
 *   <video data-role="preview" playsinline muted></video>
 *   <button data-role="camera">…</button>   asks for the camera again (hidden while it runs)
 *   <button data-role="start">…</button>    goes on air
 *   <button data-role="mute" aria-pressed="false">…</button>
 *   <button data-role="switch">…</button>   hidden with one camera only
 * </live-publisher>
 *
 * The token URL answers GET with JSON {"token"}. The camera opens when the element appears, going on air
 * waits for `start` (or goLive()). Ending is the page's business: ask, then call end(), which says
 * goodbye to the server; leaving the page without end() only interrupts the show.
 *
 * `data-state` on the element: idle, asking, ready, connecting, live, reconnecting, ended, refused, and
 * for the camera denied, in_use, none, unsupported.
 * Events (bubbling): `publisher:state` {state, retryInS, reason}, `publisher:signal` {signal: good|fair|poor,
 * kbps, fps, lagMs} once a second, `publisher:error` {error}, `publisher:notice` {notice: recording_stopped|was_hidden}.
 */

import { CameraProblem, WakeLock, countCameras, openCamera } from "./camera.js";
import { canPublish, makeSource } from "./picture-source.js";
import { START_KBPS, Steering } from "./steering.js";
import { Uplink } from "./uplink.js";

const NOTICEABLE_MS = 3000;

class LivePublisher extends HTMLElement {
  #stream = null;
  #opening = null;
  #facing = "user";
  #source = null;
  #uplink = null;
  #steering = null;
  #wakeLock = new WakeLock();
  #abort = null;
  #hiddenAt = 0;

  connectedCallback() {
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    this.#onClick("camera", () => this.openCamera(), options);
    this.#onClick("start", () => this.goLive(), options);
    this.#onClick("mute", () => this.toggleMute(), options);
    this.#onClick("switch", () => this.switchCamera(), options);
    document.addEventListener("visibilitychange", () => this.#seen(), options);
    addEventListener("online", () => this.#uplink?.retryNow(), options);
    addEventListener("pagehide", () => this.#uplink?.close(), options);
    addEventListener("pageshow", ({ persisted }) => persisted && this.#uplink?.open(), options);
    this.openCamera();
  }

  disconnectedCallback() {
    this.#abort.abort();
    this.#stop();
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
  }

  /** A phone stops the camera of a page that is not looked at; the seller should know what was seen then. */
  #seen() {
    this.#wakeLock.renew();
    if (document.visibilityState === "visible") this.#uplink?.retryNow();
    if (document.visibilityState === "hidden") this.#hiddenAt = performance.now();
    else if (this.dataset.state === "live" && performance.now() - this.#hiddenAt > NOTICEABLE_MS) this.#tell("publisher:notice", { notice: "was_hidden" });
  }

  openCamera() {
    this.#opening = this.#openCamera();
    return this.#opening;
  }

  async #openCamera() {
    this.#setState("asking");
    try {
      this.#use(await openCamera(this.#facing));
      if (this.#uplink) this.#setState(this.#uplink.isReady ? "live" : "reconnecting");
      else this.#setState((await canPublish()) ? "ready" : "unsupported");
    } catch (problem) {
      this.#setState(problem instanceof CameraProblem ? problem.kind : "none");
    }
    if (this.#stream) this.#role("switch")?.toggleAttribute("hidden", (await countCameras()) < 2);
  }

  async goLive() {
    await this.#opening;
    if (this.dataset.state !== "ready") return;
    this.#setState("connecting");
    const onError = (error) => this.#tell("publisher:error", { error: String(error) });
    this.#source = await makeSource({ kbps: START_KBPS, uplink: () => this.#uplink, onError });
    if (!this.#source) {
      this.#setState("unsupported");
      return;
    }
    this.#source.use(this.#stream);
    this.#uplink = this.#makeUplink();
    this.#uplink.open();
    this.#steering = new Steering(this.#source, this.#uplink, (signal) => this.#tell("publisher:signal", signal));
    this.#wakeLock.hold();
  }

  /** The seller's own wish: the show is over. */
  end() {
    this.#uplink?.bye();
    this.#stop();
    this.#setState("ended");
  }

  toggleMute() {
    const [audio] = this.#stream?.getAudioTracks() ?? [];
    if (!audio) return;
    audio.enabled = !audio.enabled;
    this.#role("mute")?.setAttribute("aria-pressed", String(!audio.enabled));
  }

  /** Phones give one camera at a time, so the first is let go; it comes back when the other does not. */
  async switchCamera() {
    const [before, after] = this.#facing === "user" ? ["user", "environment"] : ["environment", "user"];
    const isMuted = this.#stream?.getAudioTracks()[0]?.enabled === false;
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    try {
      this.#facing = after;
      this.#use(await openCamera(after));
    } catch {
      this.#facing = before;
      await this.openCamera();
    }
    for (const track of this.#stream.getAudioTracks()) track.enabled = !isMuted;
  }

  /** Behave as if the network were gone for a while; for tests and measurements. */
  dropFor(ms) {
    this.#uplink.close();
    this.#source.pause();
    setTimeout(() => this.#uplink.open(), ms);
  }

  #use(stream) {
    this.#stream = stream;
    const preview = this.#role("preview") ?? document.createElement("video");
    preview.srcObject = stream;
    preview.parentElement?.toggleAttribute("data-mirrored", this.#facing === "user"); // as in a mirror, but only oneself
    preview.play().catch(() => {});
    this.#source?.use(stream);
    for (const track of stream.getVideoTracks()) track.onended = () => this.#setState("in_use");
  }

  #makeUplink() {
    const paths = { publish: this.dataset.publish, tokenUrl: this.dataset.tokenUrl };
    return new Uplink(paths, this.#source.form, {
      onReady: () => {
        this.#source.resume();
        this.#setState("live");
        document.body.dispatchEvent(new CustomEvent("room:retry")); // the network is there
      },
      onLost: (retryInS) => {
        this.#source.pause();
        this.#setState("reconnecting", { retryInS });
      },
      onRefused: (reason) => {
        this.#stop();
        this.#setState(reason === "ended" ? "ended" : "refused", { reason });
      },
      onNotice: (notice) => this.#tell("publisher:notice", { notice }),
    });
  }

  #stop() {
    this.#steering?.stop();
    this.#uplink?.close();
    this.#source?.stop();
    this.#uplink = null;
    this.#source = null;
    this.#wakeLock.release();
  }

  #role(role) {
    return this.querySelector(`[data-role="${role}"]`);
  }

  #onClick(role, act, options) {
    this.#role(role)?.addEventListener("click", act, options);
  }

  #setState(state, more = {}) {
    this.dataset.state = state;
    this.#role("camera")?.toggleAttribute("hidden", !["denied", "in_use", "none"].includes(state));
    this.#tell("publisher:state", { state, ...more });
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}

customElements.define("live-publisher", LivePublisher);
