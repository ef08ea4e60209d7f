/**
 * <live-say data-name="Siti A.">
 *   <form method="post" action="/live/CODE/obrolan/"><input name="text"><span data-note role="status"></span>…</form>
 * </live-say>
 *
 * Sends what is typed: over the room's line, or when that is down by the form's own address. Nothing typed
 * is lost: a message is kept until the room shows it, and a second sending has the same id. Tells
 * `chat:mine` {id, name, text, state: "sending"|"failed"|"held"|"gone"}, hears `chat:resend` {id}.
 * Its own `data-state` is "ready", "slow", "muted" or "banned"; `data-crew` never is slow, `data-muted` is the
 * moment in ms a mute ends or "forever". Words: data-text-failed, -wait ("Tunggu %s dtk"), -muted-until ("… %s")
 * and one for each refusal.
 */

import { Outbox } from "../kit/outbox.js";
import { SayState } from "../kit/say-state.js";
import { newId } from "../kit/uuid.js";
import { sayByPost } from "./say-by-post.js";
import { SayWords } from "./say-words.js";

const LOOK_MS = 1_000;
const AGAIN = ["busy", "again", "fast"]; // trying again helps; everything else is for good
const REWRITE = ["word", "link", "slow", "waiting"]; // what was typed goes back to where it was typed

class LiveSay extends HTMLElement {
  #abort = null;
  #outbox = new Outbox();
  #may = new SayState();
  #isOpen = false;
  #timer = 0;
  #words = new SayWords(this);

  connectedCallback() {
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    const hear = (name, act) => document.body.addEventListener(name, ({ detail }) => act(detail), options);
    hear("room:hello", ({ rules }) => this.#hello(rules));
    hear("room:link", ({ state }) => (this.#isOpen = state === "open"));
    hear("room:items", ({ items }) => items.forEach((item) => this.#happened(item)));
    hear("room:refused", (refusal) => this.#refused(refusal));
    hear("room:held", ({ id }) => this.#held(id));
    hear("room:muted", ({ until, banned }) => this.#silence(until, banned));
    hear("room:unmuted", () => this.#silence());
    hear("chat:resend", ({ id }) => this.#resend(id));
    this.#form.addEventListener("submit", (event) => this.#submit(event), options);
    const { muted } = this.dataset;
    if (muted) this.#may.mute(Number(muted) || null, muted === "banned");
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
    this.#look();
  }

  disconnectedCallback() {
    this.#abort.abort();
    clearInterval(this.#timer);
    this.#words.forget();
  }

  get #form() {
    return this.querySelector("form");
  }

  get #input() {
    return this.#form.elements.namedItem("text");
  }

  // ---- saying -----------------------------------------------------------------------------------

  #submit(event) {
    event.preventDefault();
    const text = this.#input.value.trim();
    if (!text || this.#look() !== "ready") return;
    const id = newId();
    this.#input.value = "";
    this.#outbox.add(id, text, Date.now());
    if (!("crew" in this.dataset)) this.#may.said(Date.now());
    this.#tell("chat:mine", { id, text, name: this.dataset.name, state: "sending" });
    this.#send({ id, text });
    this.#look();
  }

  /** While the line is down the message waits for the next hello. */
  #send({ id, text }) {
    if (this.#isOpen) this.#tell("room:say", { id, text });
  }

  #resend(id) {
    const message = this.#outbox.retry(id, Date.now());
    if (!message) return;
    this.#tell("chat:mine", { id, state: "sending" });
    if (this.#isOpen) this.#send(message);
    else this.#post(message);
  }

  async #post(message) {
    const { held, reason, ...more } = await sayByPost(this.#form, message);
    if (reason) this.#refused({ id: message.id, reason, ...more });
    else if (held) this.#held(message.id);
  }

  // ---- hearing ----------------------------------------------------------------------------------

  #hello(rules) {
    this.#isOpen = true;
    this.#may.rules(rules);
    this.#outbox.unsettled().forEach((message) => this.#send(message));
  }

  #happened({ kind, id, rules }) {
    if (id) this.#outbox.settle(id);
    if (kind === "rules") this.#may.rules(rules);
  }

  #held(id) {
    this.#outbox.settle(id);
    this.#tell("chat:mine", { id, state: "held" });
  }

  #refused({ id, reason, wait_ms: wait, until }) {
    if (AGAIN.includes(reason)) return this.#failed(id);
    const message = this.#outbox.take(id);
    this.#tell("chat:mine", { id, state: "gone" });
    if (message && REWRITE.includes(reason)) this.#input.value ||= message.text;
    if (wait) this.#may.wait(wait, Date.now());
    if (["muted", "banned"].includes(reason)) this.#may.mute(until, reason === "banned");
    this.#look();
    this.#words.note(reason);
  }

  #silence(until, banned) {
    if (until === undefined) this.#may.unmute();
    else this.#may.mute(until, banned);
    this.#look();
  }

  #failed(id) {
    this.#outbox.fail(id);
    this.#tell("chat:mine", { id, state: "failed" });
    this.#words.note("failed");
  }

  // ---- showing ----------------------------------------------------------------------------------

  /** Once a second: what is late has failed, and the form shows whether one may speak. */
  #look() {
    this.#outbox.overdue(Date.now()).forEach(({ id }) => this.#failed(id));
    const now = this.#may.at(Date.now());
    this.#words.show(now, this.#input);
    return now.state;
  }

  #tell(name, detail) {
    document.body.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

customElements.define("live-say", LiveSay);
