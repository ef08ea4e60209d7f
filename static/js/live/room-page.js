/**
 * <live-room data-state=…>: brings the player, the socket, the pinned card and the showcase together.
 *
 * Hears `player:state` from <live-player> and what <room-socket> tells; writes `data-state`
 * on itself, which is all the stylesheet needs to show the right words.
 */

import "./chat.js";
import "./moderation.js";
import "./pinned-comment.js";
import { DealSlots } from "./deal-slots.js";
import "./player.js";
import "./room-socket.js";
import "./say.js";
import "./show-timer.js";
import { compact } from "../kit/money.js";
import { showClock } from "../kit/show-clock.js";
import { Shelf } from "./shelf.js";

const WEAK_AFTER_MS = 6000;
const ANNOUNCE = { paused: "textPaused", ended: "textEnded" };

class LiveRoom extends HTMLElement {
  #abort = null;
  #shelf = null;
  #player = null;
  #timers = { countdown: 0, retry: 0, weak: 0 };
  #beforeOffline = "";

  connectedCallback() {
    this.#abort = new AbortController();
    this.#player = this.querySelector("live-player");
    this.#shelf = new Shelf(this);
    const options = { signal: this.#abort.signal };
    new DealSlots(this, options);
    this.addEventListener("player:state", ({ detail }) => this.#playerIs(detail), options);
    this.addEventListener("click", (event) => this.#clicked(event), options);
    const hear = (name, act) => document.body.addEventListener(name, ({ detail }) => act(detail), options);
    hear("room:link", (link) => this.#linkIs(link));
    hear("room:hello", (hello) => this.#greeted(hello));
    hear("room:items", ({ items }) => items.forEach((item) => this.#happened(item)));
    hear("room:now", (now) => this.#isNow(now));
    this.addEventListener("volumechange", () => this.#showSound(), { ...options, capture: true });
    addEventListener("offline", () => this.#offline(), options);
    addEventListener("online", () => this.#online(), options);
    if (this.#player && !this.#isOver) this.#offerViews(options);
    this.#countDown();
    if (this.#isOver && this.#player) this.#openReplay(options);
    if (this.#player?.dataset.state) this.#playerIs({ state: this.#player.dataset.state });
  }

  async #offerViews(options) {
    const { ViewChoice } = await import("./view-choice.js");
    if (this.isConnected) new ViewChoice({ room: this, player: this.#player }, options);
  }

  async #openReplay(options) {
    import("./replay-bar.js");
    const { Chapters } = await import("./chapters.js");
    new Chapters({ room: this, player: this.#player, shelf: this.#shelf }, options);
  }

  disconnectedCallback() {
    this.#abort.abort();
    for (const timer of Object.values(this.#timers)) clearInterval(timer);
  }

  // ---- state ------------------------------------------------------------------------------------

  /** A show that is interrupted and a line that is cut look alike to the player; only the line has a retry. */
  #playerIs({ state, retryInS }) {
    if (this.dataset.state === "offline") return;
    if (this.#isOver) this.#video.controls = false; // the page has its own, where thumbs reach them
    const sellerIsAway = state === "reconnecting" && retryInS === undefined;
    this.#become(sellerIsAway ? "paused" : state);
    if (retryInS !== undefined) this.#countRetry(Math.ceil(retryInS));
  }

  #become(state) {
    const before = this.dataset.state;
    if (state === before) return;
    this.dataset.state = state;
    clearTimeout(this.#timers.weak);
    this.querySelector("[data-weak]").hidden = true;
    if (state === "stalled") this.#timers.weak = setTimeout(() => (this.querySelector("[data-weak]").hidden = false), WEAK_AFTER_MS);
    if (state !== "reconnecting") clearInterval(this.#timers.retry);
    if (state !== "upcoming") clearInterval(this.#timers.countdown);
    if (ANNOUNCE[state]) this.#announce(this.dataset[ANNOUNCE[state]]);
    else if (before === "reconnecting" && state === "live") this.#announce(this.dataset.textBack);
  }

  #countRetry(seconds) {
    const line = this.querySelector("[data-retry-text]");
    const say = () => {
      line.textContent = seconds > 0 ? this.dataset.textRetry.replace("%s", seconds) : this.dataset.textLost;
      seconds -= 1;
    };
    clearInterval(this.#timers.retry);
    say();
    this.#timers.retry = setInterval(say, 1000);
  }

  #offline() {
    this.#beforeOffline = this.dataset.state;
    this.#become("offline");
    this.#shelf.setBuying(false);
  }

  #online() {
    if (this.dataset.state === "offline") this.#become(this.#player?.dataset.state ?? this.#beforeOffline);
    this.#shelf.setBuying(true);
  }

  #announce(text) {
    this.querySelector("[data-announce]").textContent = text;
  }

  // ---- the room -----------------------------------------------------------------------------------

  #linkIs({ state, retryInS }) {
    this.dataset.link = state;
    if (state === "waiting") this.#countRetry(retryInS);
  }

  /** After every connect: who is there, and whether what is pinned here is what is pinned. */
  #greeted({ viewers, likes, pinned, clock, at }) {
    showClock.greet({ clock, at });
    this.#showViewers(viewers);
    this.#warmHearts(likes);
    if (this.#isOver || pinned === this.#shelf.pinnedId) return;
    if (pinned) this.#shelf.fetchCard(this.dataset.pinnedUrl);
    else this.#shelf.unpin();
  }

  /** Hearts mean nothing before the room listens; until then their code may wait. */
  #warmHearts(likes) {
    const hearts = this.querySelector("live-hearts");
    if (!hearts) return;
    hearts.dataset.likes = likes;
    import("./hearts.js");
  }

  #happened({ kind, product, html, state, clock }) {
    if (kind === "state") showClock.set(clock);
    if (this.#isOver) return;
    if (kind === "unpinned") this.#shelf.unpin();
    else if (kind === "pinned" && product !== this.#shelf.pinnedId) this.#pinned(html);
    else if (kind === "state" && state === "ended") this.#become("ended");
    else if (kind === "showcase") this.#shelf.showcaseChanged();
    else if (kind === "claim") this.#promised(product, html);
  }

  #pinned(html) {
    this.#shelf.pin(html[document.documentElement.lang] ?? html.id);
    const name = this.querySelector("[data-pin] .pin-card__name")?.textContent;
    const price = this.querySelector("[data-pin] .price")?.textContent.trim();
    if (name) this.#announce(this.dataset.textPinned.replace("%s", `${name}, ${price}`));
  }

  #promised(product, html) {
    if (product === this.#shelf.pinnedId) this.#shelf.pin(html[document.documentElement.lang] ?? html.id);
    this.#shelf.showcaseChanged();
  }

  #isNow({ viewers, products }) {
    if (viewers !== undefined) this.#showViewers(viewers);
    if (products) this.#shelf.update(products);
  }

  #showViewers(count) {
    this.querySelector("[data-viewers]").textContent = compact(count, document.documentElement.lang);
  }

  /** In a replay the cards follow the picture, not the room's log. */
  get #isOver() {
    return this.hasAttribute("data-over");
  }

  // ---- what people press --------------------------------------------------------------------------

  #clicked(event) {
    const at = (selector) => event.target.closest(selector);
    if (at("[data-retry]")) this.#retry();
    else if (at("[data-sound]")) this.#toggleSound();
    else if (at("[data-open-showcase]")) this.#openShowcase(event);
  }

  #retry() {
    this.#player?.retry();
    document.body.dispatchEvent(new CustomEvent("room:retry"));
  }

  #toggleSound() {
    if (this.#video.muted) this.#player.unmute();
    else this.#player.mute();
  }

  #showSound() {
    const button = this.querySelector("[data-sound]");
    if (!button) return;
    const { muted } = this.#video;
    button.setAttribute("aria-pressed", String(!muted));
    button.setAttribute("aria-label", muted ? this.dataset.textSoundOn : this.dataset.textSoundOff);
    button.querySelector("[data-when-muted]").hidden = !muted;
    button.querySelector("[data-when-loud]").hidden = muted;
  }

  get #video() {
    return this.#player.querySelector("video");
  }

  #openShowcase(event) {
    event.preventDefault();
    const sheet = this.querySelector("#showcase");
    const opener = event.target.closest("[data-open-showcase]");
    sheet.showModal();
    this.#shelf.freshen();
    sheet.addEventListener("close", () => opener.focus(), { once: true });
  }

  // ---- before: the countdown ------------------------------------------------------------------------

  async #countDown() {
    if (this.dataset.state !== "upcoming") return;
    const { countDown } = await import("./countdown.js");
    if (this.dataset.state !== "upcoming") return;
    this.#timers.countdown = countDown(this.querySelector("[data-countdown]"), this.querySelector("[data-any-moment]"));
  }
}

customElements.define("live-room", LiveRoom);
