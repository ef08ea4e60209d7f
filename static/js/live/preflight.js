/**
 * <live-preflight> lights up the checks that a seller goes through before going on air.
 */

import "./publisher.js";
import { SoundMeter } from "../kit/sound-meter.js";
import { megabits, uplinkWord } from "../kit/uplink-word.js";
import { sayCameraState } from "./camera-words.js";
import { probeUplink } from "./uplink-probe.js";

const MARKS = { enough: "passed", tight: "warned", little: "failed" };

class LivePreflight extends HTMLElement {
  #abort = null;
  #meter = null;

  connectedCallback() {
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    this.addEventListener("publisher:state", ({ detail }) => this.#cameraIs(detail.state), options);
    addEventListener("online", () => this.#checkNetwork(), options);
    addEventListener("offline", () => this.#checkNetwork(), options);
    this.querySelector("[data-measure]").addEventListener("click", () => this.#measure(), options);
    this.#checkNetwork();
    if (navigator.onLine && !navigator.connection?.saveData) this.#measure();
    const { state } = this.querySelector("live-publisher").dataset;
    if (state) this.#cameraIs(state);
  }

  disconnectedCallback() {
    this.#abort.abort();
    this.#meter?.stop();
  }

  #cameraIs(state) {
    sayCameraState(this, state);
    this.#check("camera", state === "ready" ? "passed" : state === "asking" ? "running" : "failed", state);
    if (state === "ready") this.#listenTo(this.querySelector("video").srcObject);
  }

  #listenTo(stream) {
    this.#meter?.stop();
    if (!stream?.getAudioTracks().length) {
      this.#check("sound", "failed", "none");
      return;
    }
    this.#check("sound", "running", "quiet");
    const bar = this.querySelector("[data-meter]");
    this.#meter = new SoundMeter(stream, (level) => {
      bar.style.transform = `scaleX(${level})`;
      if (level > 0.12) this.#check("sound", "passed", "heard");
    });
  }

  #checkNetwork() {
    if (!navigator.onLine) this.#check("network", "failed", "offline");
    else if (navigator.connection?.saveData) this.#check("network", "warned", "saver");
    else this.#check("network", "passed", "online");
  }

  /** What really gets through, because a full bar says nothing about the way behind it. */
  async #measure() {
    const button = this.querySelector("[data-measure]");
    button.disabled = true;
    this.#check("network", "running", "measuring");
    try {
      const { probe, tokenUrl } = this.dataset;
      const kbps = await probeUplink({ probe, tokenUrl });
      const word = uplinkWord(kbps);
      this.#check("network", MARKS[word], word, megabits(kbps, document.documentElement.lang));
    } catch {
      this.#check("network", "warned", "unmeasured");
    }
    button.disabled = false;
  }

  #check(name, state, words, value = "") {
    const check = this.querySelector(`[data-check="${name}"]`);
    const line = check.querySelector("[data-said]");
    check.dataset.state = state;
    if (line.dataset[words]) line.textContent = line.dataset[words].replace("%s", value);
  }
}

customElements.define("live-preflight", LivePreflight);
