/**
 * <live-publisher data-publish="/media-live/publish/CODE" data-token-url="/studio/CODE/token">
 *   <video data-role="preview" playsinline muted></video>
 *   <button data-role="camera">…   asks for the camera again (hidden while it runs); start: goes on air; mute;
 *   switch: hidden with one camera only
 * </live-publisher>
 *
 * The token URL answers GET with JSON {"token"}. The camera opens when the element appears, going on air
 * waits for `start` (or goLive()), also again after somebody else has taken over. Ending is the page's business: ask,
 * then call end(), which says goodbye to the server; end("ready") leaves the show to others, leaving the page only
 * interrupts it. cover(bitmap) lays a picture over what is sent.
 *
 * `data-state` on the element: idle, asking, ready, connecting, live, reconnecting, ended, refused, and
 * for the camera denied, in_use, none, unsupported.
 * Events (bubbling): `publisher:state` {state, retryInS, reason}, `publisher:signal` {signal: good|fair|poor,
 * kbps, fps, lagMs} once a second, `publisher:error` {error}, `publisher:notice` {notice: recording_stopped|was_hidden|no_label}.
 */

import { CameraProblem } from "./camera.js";
import { HostCamera, showPreview } from "./host-camera.js";
import { PageLife } from "./page-life.js";
import { canPublish } from "./picture-source.js";
import { Sending } from "./sending.js";

class LivePublisher extends HTMLElement {
  #camera = new HostCamera({ onStream: (...seen) => this.#use(...seen), onEnded: () => this.#setState("in_use") });
  #opening = null;
  #sending = null;
  #label = null;
  #life = null;
  #abort = null;

  connectedCallback() {
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    const onClick = (role, act) => this.#role(role)?.addEventListener("click", act, options);
    onClick("camera", () => this.openCamera());
    onClick("start", () => this.goLive());
    onClick("mute", () => this.toggleMute());
    onClick("switch", () => this.switchCamera());
    const life = { onBack: (ms) => this.#back(ms), onRest: () => this.#sending?.rest(), onWake: () => this.#sending?.wake() };
    this.#life = new PageLife(life, options);
    this.openCamera();
  }

  disconnectedCallback() {
    this.#abort.abort();
    this.#sending?.stop();
    this.#life.mayRest();
    this.#camera.close();
  }

  /** This bitmap lies over what is sent from now on; none when it is null. */
  cover(bitmap) {
    this.#label = bitmap;
    if (this.#sending?.cover(bitmap) === false) this.#tell("publisher:notice", { notice: "no_label" });
  }

  /** The seller should know when viewers saw nothing. */
  #back(hiddenMs) {
    this.#sending?.retryNow();
    if (hiddenMs && this.dataset.state === "live") this.#tell("publisher:notice", { notice: "was_hidden" });
  }

  openCamera() {
    return (this.#opening = this.#openCamera());
  }

  async #openCamera() {
    this.#setState("asking");
    try {
      await this.#camera.open();
      if (this.#sending) this.#setState(this.#sending.isConnected ? "live" : "reconnecting");
      else this.#setState((await canPublish()) ? "ready" : "unsupported");
    } catch (problem) {
      this.#setState(problem instanceof CameraProblem ? problem.kind : "none");
    }
    if (this.#camera.stream) this.#role("switch")?.toggleAttribute("hidden", !(await this.#camera.hasSeveral()));
  }

  async goLive() {
    await this.#opening;
    if (!["ready", "refused"].includes(this.dataset.state)) return;
    this.#setState("connecting");
    const sending = new Sending({
      onState: (state, more) => this.#sendingIs(state, more),
      onNotice: (notice) => this.#tell("publisher:notice", { notice }),
      onSignal: (signal) => this.#tell("publisher:signal", signal),
      onError: (error) => this.#tell("publisher:error", { error: String(error) }),
    });
    const { publish, tokenUrl } = this.dataset;
    if (!(await sending.start({ publish, tokenUrl }, this.#camera.stream))) return this.#setState("unsupported");
    this.#sending = sending;
    this.cover(this.#label);
    return this.#life.stayAwake();
  }

  /** The seller's own wish: the show is over, or with "ready" somebody else may send the picture, and I again later. */
  end(state = "ended") {
    this.#sending?.end();
    this.#sendingIs(state);
  }

  #sendingIs(state, more) {
    if (["ended", "refused", "ready"].includes(state)) {
      this.#sending = null;
      this.#life.mayRest();
    }
    this.#setState(state, more);
    if (state === "live") document.body.dispatchEvent(new CustomEvent("room:retry")); // the network is there
  }

  toggleMute() {
    this.#camera.mute(!this.#camera.isMuted);
    this.#role("mute")?.setAttribute("aria-pressed", String(this.#camera.isMuted));
  }

  /** The first camera comes back when the other does not. */
  async switchCamera() {
    const { isMuted } = this.#camera;
    await this.#camera.switch().catch(() => this.openCamera());
    this.#camera.mute(isMuted);
  }

  dropFor(ms) {
    this.#sending.dropFor(ms);
  }

  #use(stream, isMirrored) {
    showPreview(this.#role("preview"), stream, isMirrored);
    this.#sending?.use(stream);
  }

  #role(role) {
    return this.querySelector(`[data-role="${role}"]`);
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
