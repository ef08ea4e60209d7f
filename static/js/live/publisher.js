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
 * kbps, fps, lagMs} once a second, `publisher:error` {error}, `publisher:notice` {notice: recording_stopped}.
 */

import { BitrateControl, signalWord } from "../kit/bitrate-control.js";
import { packRecords } from "../kit/media-wire.js";
import { CameraProblem, WakeLock, countCameras, openCamera } from "./camera.js";
import { ContainerSource, containerForm } from "./container-source.js";
import { FrameSource, frameCodec } from "./frame-source.js";
import { Uplink } from "./uplink.js";

const TICK_MS = 250;
const START_KBPS = 700;

class LivePublisher extends HTMLElement {
  #stream = null;
  #facing = "user";
  #source = null;
  #uplink = null;
  #control = new BitrateControl({ start: START_KBPS });
  #wakeLock = new WakeLock();
  #abort = null;
  #timer = 0;
  #past = { at: 0, bytes: 0, frames: 0 };

  connectedCallback() {
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    this.#onClick("camera", () => this.openCamera(), options);
    this.#onClick("start", () => this.goLive(), options);
    this.#onClick("mute", () => this.toggleMute(), options);
    this.#onClick("switch", () => this.switchCamera(), options);
    document.addEventListener("visibilitychange", () => this.#wakeLock.renew(), options);
    addEventListener("pagehide", () => this.#uplink?.close(), options);
    this.openCamera();
  }

  disconnectedCallback() {
    this.#abort.abort();
    this.#stop();
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
  }

  async openCamera() {
    this.#setState("asking");
    try {
      this.#use(await openCamera(this.#facing));
      this.#setState("ready");
    } catch (problem) {
      this.#setState(problem instanceof CameraProblem ? problem.kind : "none");
    }
    if (this.#stream) this.#role("switch")?.toggleAttribute("hidden", (await countCameras()) < 2);
  }

  async goLive() {
    if (this.#uplink || !this.#stream) return;
    this.#source = await this.#makeSource();
    if (!this.#source) {
      this.#setState("unsupported");
      return;
    }
    this.#source.use(this.#stream);
    this.#setState("connecting");
    this.#uplink = this.#makeUplink();
    this.#uplink.open();
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
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

  async switchCamera() {
    const wasMuted = this.#stream?.getAudioTracks()[0]?.enabled === false;
    this.#facing = this.#facing === "user" ? "environment" : "user";
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    try {
      this.#use(await openCamera(this.#facing));
      if (wasMuted) this.#stream.getAudioTracks()[0].enabled = false;
    } catch (problem) {
      this.#setState(problem.kind ?? "none");
    }
  }

  /** Behave as if the network were gone for a while; for tests and measurements. */
  dropFor(ms) {
    this.#uplink.close();
    this.#source.pause();
    setTimeout(() => this.#uplink.open(), ms);
  }

  #use(stream) {
    this.#stream = stream;
    const preview = this.#role("preview");
    if (preview) {
      preview.srcObject = stream;
      preview.play().catch(() => {});
    }
    this.#source?.use(stream);
    for (const track of stream.getVideoTracks()) track.onended = () => this.#setState("in_use");
  }

  async #makeSource() {
    const onError = (error) => this.#tell("publisher:error", { error: String(error) });
    const codec = await frameCodec();
    if (codec) {
      return new FrameSource(codec, {
        kbps: START_KBPS,
        onConfig: ({ video, audio }) => this.#uplink.sendText({ type: "config", video, audio }),
        onRecords: (records) => this.#uplink.send(packRecords(records)),
        onError,
      });
    }
    const form = containerForm();
    return form && new ContainerSource(form, { kbps: START_KBPS, onPiece: (piece) => this.#uplink.send(piece), onError });
  }

  #makeUplink() {
    const paths = { publish: this.dataset.publish, tokenUrl: this.dataset.tokenUrl };
    return new Uplink(paths, this.#source.form, {
      onReady: () => {
        this.#source.resume();
        this.#setState("live");
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

  #tick() {
    if (!this.#uplink?.isReady) return;
    const now = performance.now();
    const { oldestUnackedMs } = this.#uplink;
    const advice = this.#control.tick({ oldestUnackedMs, now });
    this.#source.isSkipping = advice === "skip";
    this.#source.halvesFps = this.#control.halvesFps;
    this.#source.setKbps(this.#control.kbps);
    if (advice === "reconnect") this.#uplink.renew();
    if (now - this.#past.at >= 1000) this.#tellSignal(now, oldestUnackedMs);
  }

  #tellSignal(now, lagMs) {
    const { bytes } = this.#uplink;
    const frames = this.#source.framesSent;
    const seconds = (now - this.#past.at) / 1000;
    const kbps = Math.round(((bytes - this.#past.bytes) * 8) / 1000 / seconds);
    const fps = Math.round((frames - this.#past.frames) / seconds);
    const isFirst = this.#past.at === 0;
    this.#past = { at: now, bytes, frames };
    if (isFirst) return;
    const signal = signalWord({ kbps: this.#control.kbps, fps: this.#source.form === "frames" ? fps : 25, queueMs: Math.max(0, lagMs - 300) });
    this.#tell("publisher:signal", { signal, kbps, fps, lagMs: Math.round(lagMs) });
  }

  #stop() {
    clearInterval(this.#timer);
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
