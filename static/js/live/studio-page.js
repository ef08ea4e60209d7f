/**
 * The seller's two pages around <live-publisher>:
 * <live-preflight> lights up the checks, <live-studio> runs the ribbon, the tabs and the end.
 */

import "./chat.js";
import "./moderation.js";
import "./publisher.js";
import "./room-socket.js";
import "./say.js";
import { stopwatch } from "../kit/clock.js";
import { compact } from "../kit/money.js";
import { SoundMeter } from "../kit/sound-meter.js";
import { showPrice, showStock } from "./shelf.js";

const CAMERA_TROUBLE = ["asking", "denied", "in_use", "none", "unsupported", "refused", "ended"];

/** Says over the preview what the camera needs; quiet while it runs. */
function sayCameraState(page, state) {
  const place = page.querySelector("[data-camera-says]");
  const line = place.querySelector("[data-camera-text]");
  const words = line.dataset[state];
  if (words) line.textContent = words;
  place.hidden = !CAMERA_TROUBLE.includes(state);
}

class LivePreflight extends HTMLElement {
  #abort = null;
  #meter = null;

  connectedCallback() {
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    this.addEventListener("publisher:state", ({ detail }) => this.#cameraIs(detail.state), options);
    addEventListener("online", () => this.#checkNetwork(), options);
    addEventListener("offline", () => this.#checkNetwork(), options);
    this.#checkNetwork();
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

  #check(name, state, words) {
    const check = this.querySelector(`[data-check="${name}"]`);
    const line = check.querySelector("[data-said]");
    check.dataset.state = state;
    if (line.dataset[words]) line.textContent = line.dataset[words];
  }
}

class LiveStudio extends HTMLElement {
  #abort = null;
  #clock = 0;
  #since = null;
  #unread = 0;

  connectedCallback() {
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    this.#since = this.dataset.since ? Date.parse(this.dataset.since) : null;
    this.addEventListener("publisher:state", ({ detail }) => this.#publisherIs(detail.state), options);
    this.addEventListener("publisher:signal", ({ detail }) => this.#signalIs(detail), options);
    this.addEventListener("publisher:notice", () => this.#toast(this.dataset.textRecording), options);
    this.addEventListener("click", (event) => this.#clicked(event), options);
    this.addEventListener("keydown", (event) => this.#pressed(event), options);
    this.addEventListener("htmx:afterSettle", () => this.#showPinnedStock(), options);
    const hear = (name, act) => document.body.addEventListener(name, ({ detail }) => act(detail), options);
    hear("room:hello", (hello) => this.#isNow(hello));
    hear("room:now", (now) => this.#isNow(now));
    hear("room:items", ({ items }) => items.forEach((item) => this.#happened(item)));
    document.querySelector("[data-end-form]").addEventListener("submit", () => this.#publisher.end(), options);
    addEventListener("beforeunload", (event) => this.#isPublishing && event.preventDefault(), options);
    const { state } = this.#publisher.dataset;
    if (state) this.#publisherIs(state);
    this.#showTab("tab-showcase");
    this.#showPinnedStock();
    this.#clock = setInterval(() => this.#tick(), 1000);
  }

  disconnectedCallback() {
    this.#abort.abort();
    clearInterval(this.#clock);
  }

  get #publisher() {
    return this.querySelector("live-publisher");
  }

  get #isPublishing() {
    return ["connecting", "live", "reconnecting"].includes(this.#publisher.dataset.state);
  }

  #publisherIs(state) {
    sayCameraState(this, state);
    const isOnAir = state === "live";
    if (isOnAir) this.#since ??= Date.now();
    this.querySelector("[data-on-air]").hidden = !isOnAir;
    this.querySelector("[data-off-air]").hidden = isOnAir;
    const start = this.querySelector('[data-role="start"]');
    start.disabled = state !== "ready";
    start.hidden = this.#isPublishing;
    if (isOnAir) this.querySelector("[data-end]").hidden = false;
    if (state === "reconnecting") this.#signal("lost", this.dataset.textLost);
    else if (state === "connecting") this.#signal("off", this.dataset.textConnecting);
    else if (!isOnAir) this.#signal("off", this.dataset.textWaiting);
  }

  #signalIs({ signal, kbps, fps }) {
    const words = this.dataset[`text${signal[0].toUpperCase()}${signal.slice(1)}`];
    this.#signal(signal, `${words} · ${kbps} kbps · ${fps} fps`);
  }

  #signal(kind, words) {
    const line = this.querySelector("[data-signal]");
    line.dataset.signal = kind;
    line.textContent = words;
  }

  #tick() {
    if (this.#since === null) return;
    const seconds = (Date.now() - this.#since) / 1000;
    this.querySelector("[data-clock]").textContent = stopwatch(seconds, document.documentElement.lang);
  }

  #showPinnedStock() {
    const stock = this.querySelector(".deal[data-pinned] [data-stock]");
    this.querySelector("[data-pinned-stock]").textContent = stock ? stock.dataset.stock : "–";
  }

  // ---- the room ---------------------------------------------------------------------------------

  #isNow({ viewers, likes, products }) {
    if (viewers !== undefined) this.querySelector("[data-viewers]").textContent = compact(viewers, document.documentElement.lang);
    if (likes !== undefined) this.querySelector("[data-likes]").textContent = compact(likes, document.documentElement.lang);
    for (const [id, { left, price }] of Object.entries(products ?? {})) this.#goodsAre(id, left, price);
  }

  #goodsAre(id, left, price) {
    const deal = this.querySelector(`.deal[data-product="${id}"]`);
    if (!deal) return;
    showStock(deal, left, this.dataset);
    if (price !== undefined) showPrice(deal, price);
    this.#showPinnedStock();
  }

  /** A pin from this page is already shown; one from elsewhere is fetched. */
  #happened({ kind, product }) {
    if (kind === "chat") this.#countUnread();
    const shown = this.querySelector(".deal[data-pinned]")?.dataset.product;
    const isNews = (kind === "pinned" && String(product) !== shown) || (kind === "unpinned" && shown);
    if (isNews) globalThis.htmx?.trigger("#deals", "refresh-deals");
  }

  #countUnread() {
    const isReading = this.querySelector("#tab-chat").getAttribute("aria-selected") === "true";
    this.#unread = isReading ? 0 : this.#unread + 1;
    const mark = this.querySelector("[data-unread]");
    mark.hidden = this.#unread === 0;
    mark.textContent = this.#unread > 99 ? "99+" : String(this.#unread);
  }

  // ---- tabs -------------------------------------------------------------------------------------

  #clicked(event) {
    const tab = event.target.closest('[role="tab"]');
    if (tab) this.#showTab(tab.id);
  }

  #pressed(event) {
    const tab = event.target.closest('[role="tab"]');
    if (!tab || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const tabs = [...this.querySelectorAll('[role="tab"]')];
    const step = event.key === "ArrowRight" ? 1 : tabs.length - 1;
    const next = tabs[(tabs.indexOf(tab) + step) % tabs.length];
    this.#showTab(next.id);
    next.focus();
  }

  #showTab(id) {
    for (const tab of this.querySelectorAll('[role="tab"]')) {
      const isShown = tab.id === id;
      tab.setAttribute("aria-selected", String(isShown));
      tab.tabIndex = isShown ? 0 : -1;
      this.querySelector(`#${tab.getAttribute("aria-controls")}`).toggleAttribute("data-away", !isShown);
    }
    if (id === "tab-chat") this.#countUnread();
  }

  #toast(text) {
    document.body.dispatchEvent(new CustomEvent("toast", { detail: { text, level: "warning" } }));
  }
}

customElements.define("live-preflight", LivePreflight);
customElements.define("live-studio", LiveStudio);
