/**
 * <live-studio> runs the ribbon, the goods and the end of a seller's show around <live-publisher>.
 */

import "./board-questions.js";
import "./player.js";
import "./chat.js";
import "./cut-off.js";
import "./goods-order.js";
import "./host-cues.js";
import "./moderation.js";
import "./picture-label.js";
import "./pinned-comment.js";
import "./publisher.js";
import "./question-desk.js";
import "./room-socket.js";
import "./say.js";
import "./studio-figures.js";
import "./studio-tabs.js";
import { compact } from "../kit/money.js";
import { sayCameraState } from "./camera-words.js";
import { showPrice, showStock } from "./shelf.js";
import { StudioRibbon } from "./studio-ribbon.js";

const NOTICES = { recording_stopped: "textRecording", recording_resumed: "textRecorded", was_hidden: "textHidden", no_label: "textNoLabel" };

class LiveStudio extends HTMLElement {
  #abort = null;
  #clock = 0;
  #ribbon = null;
  #unread = 0;

  connectedCallback() {
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    this.#ribbon = new StudioRibbon(this);
    this.addEventListener("publisher:state", ({ detail }) => this.#publisherIs(detail.state, detail.reason), options);
    this.addEventListener("publisher:signal", ({ detail }) => this.#ribbon.signalIs(detail), options);
    this.addEventListener("publisher:notice", ({ detail }) => this.#toast(this.dataset[NOTICES[detail.notice]]), options);
    this.addEventListener("tab:shown", () => this.#countUnread(0), options);
    const hear = (name, act) => document.body.addEventListener(name, ({ detail }) => act(detail), options);
    hear("room:hello", (hello) => {
      this.#isNow(hello);
      this.#showIs(hello.state);
    });
    hear("room:now", (now) => this.#isNow(now));
    hear("room:items", ({ items }) => items.forEach((item) => this.#happened(item)));
    hear("room:part", () => this.#partChanged());
    document.querySelector("[data-end-form]")?.addEventListener("submit", () => this.#publisher.end(), options);
    this.querySelector('[data-role="stop"]')?.addEventListener("click", () => this.#publisher.end("ready"), options);
    addEventListener("beforeunload", (event) => this.#isPublishing && event.preventDefault(), options);
    if (this.#publisher?.dataset.state) this.#publisherIs(this.#publisher.dataset.state);
    this.#clock = setInterval(() => this.#ribbon.tick(), 1000);
  }

  disconnectedCallback() {
    this.#abort.abort();
    clearInterval(this.#clock);
  }

  get #publisher() {
    return this.querySelector("live-publisher");
  }

  get #isPublishing() {
    return ["connecting", "live", "reconnecting"].includes(this.#publisher?.dataset.state);
  }

  #publisherIs(state, reason) {
    sayCameraState(this, state, reason);
    const isOnAir = state === "live";
    if (isOnAir) {
      this.#ribbon.begin();
      this.setAttribute("data-begun", "");
    }
    this.#ribbon.badgeIs(isOnAir);
    this.#ribbon.wayIs(state);
    const start = this.querySelector('[data-role="start"]');
    if (start) start.disabled = !["ready", "refused"].includes(state);
    if (reason === "taken_over") this.#offerToGoOn(start);
    start?.toggleAttribute("hidden", this.#isPublishing);
    this.querySelector('[data-role="stop"]')?.toggleAttribute("hidden", !this.#isPublishing);
    if (isOnAir) this.querySelector("[data-end]")?.removeAttribute("hidden");
  }

  /** Somebody else sends the picture; the same button takes it back. */
  #offerToGoOn(start) {
    if (start?.dataset.again) start.querySelector("[data-text]").textContent = start.dataset.again;
    this.#ribbon.badgeIs(true);
  }

  // ---- the room ---------------------------------------------------------------------------------

  #isNow({ likes, products }) {
    if (likes !== undefined) this.querySelector("[data-likes]").textContent = compact(likes, document.documentElement.lang);
    for (const [id, { left, price }] of Object.entries(products ?? {})) this.#goodsAre(id, left, price);
  }

  #goodsAre(id, left, price) {
    const item = this.querySelector(`#goods-desk [data-product="${id}"]`);
    if (!item) return;
    showStock(item, left, this.dataset);
    if (price !== undefined) showPrice(item, price);
    this.#tell("goods:changed", {});
  }

  /** A pin from this page is already shown; one from elsewhere is fetched. */
  #happened({ kind, product, state }) {
    if (kind === "chat") this.#countUnread(1);
    if (kind === "state") this.#showIs(state);
    const shown = this.querySelector("#goods-desk [data-pinned]")?.dataset.product;
    const isNews = (kind === "pinned" && String(product) !== shown) || (kind === "unpinned" && shown);
    if (isNews || kind === "showcase" || kind === "claim") globalThis.htmx?.trigger("#goods-desk", "refresh-goods");
  }

  /** Helpers see the state of the show; who may send the picture waits for the host to begin. */
  #showIs(state) {
    if (!this.#isPublishing) this.#ribbon.badgeIs(state === "live");
    if (state === "paused" && this.#publisher?.dataset.state === "refused") sayCameraState(this, "refused", "handed_back");
    if (this.hasAttribute("data-waits") && state === "live") location.reload();
    if (state === "ended" && this.hasAttribute("data-helps")) location.assign(this.dataset.helping);
  }

  /** The host gave this person other things to do, or none any more. */
  async #partChanged() {
    const answer = await fetch(location.href, { method: "HEAD" }).catch(() => null);
    if (!answer) return;
    if (this.#isPublishing) this.#publisher.end();
    if (answer.ok) location.reload();
    else location.assign(this.dataset.helping);
  }

  #countUnread(more) {
    const isReading = this.querySelector("studio-tabs").isShown("tab-chat");
    this.#unread = isReading ? 0 : this.#unread + more;
    const mark = this.querySelector("[data-unread]");
    mark.hidden = this.#unread === 0;
    mark.textContent = this.#unread > 99 ? "99+" : String(this.#unread);
  }

  #toast(text) {
    this.#tell("toast", { text, level: "warning" });
  }

  #tell(name, detail) {
    document.body.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

customElements.define("live-studio", LiveStudio);
