/**
 * <live-say data-name="Siti A.">
 *   <form id="say" method="post" action="/live/CODE/obrolan/"><input name="text"><span data-note role="status"></span>…</form>
 *   <form method="post" action="/live/CODE/ikuti/">…</form>, seen where only followers may speak
 * </live-say>
 *
 * Sends what is typed: over the room's line, or when that is down by the form's own address. Nothing typed
 * is lost: a message is kept until the room shows it, and a second sending has the same id. Tells
 * `chat:mine` {id, name, text, state: "sending"|"failed"|"held"|"gone"}, hears `chat:resend` {id}.
 * Its own `data-state` is "ready", "slow", "muted", "banned" or "followers"; `data-crew` never is slow, `data-muted` is
 * the moment in ms a mute ends or "forever", `data-follows` counts among the followers. Words: data-text-failed, -wait
 * ("Tunggu %s dtk"), -muted-until ("… %s") and one for each refusal.
 */

import { comesBack, helpsToRepeat, SayState } from "../kit/say-state.js";
import { SayMessages } from "./say-messages.js";
import { SayWords } from "./say-words.js";

const LOOK_MS = 1_000;

class LiveSay extends HTMLElement {
  #abort = null;
  #messages = null;
  #may = new SayState();
  #timer = 0;
  #words = new SayWords(this);

  connectedCallback() {
    this.#abort = new AbortController();
    this.#messages ??= new SayMessages(this.#form, (answer) => this.#answered(answer));
    const options = { signal: this.#abort.signal };
    const hear = (name, act) => document.body.addEventListener(name, ({ detail }) => act(detail), options);
    hear("room:hello", ({ rules }) => this.#hello(rules));
    hear("room:link", ({ state }) => (this.#messages.isOpen = state === "open"));
    hear("room:items", ({ items }) => items.forEach((item) => this.#happened(item)));
    hear("room:refused", (refusal) => this.#refused(refusal));
    hear("room:held", ({ id }) => this.#messages.held(id));
    hear("room:muted", ({ until, banned }) => this.#learn(() => this.#may.mute(until, banned)));
    hear("room:unmuted", () => this.#learn(() => this.#may.unmute()));
    hear("room:following", (news) => this.#following(news));
    hear("chat:resend", ({ id }) => this.#messages.resend(id));
    this.#form.addEventListener("submit", (event) => this.#submit(event), options);
    this.#recall(this.dataset);
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
    this.#look();
  }

  disconnectedCallback() {
    this.#abort.abort();
    clearInterval(this.#timer);
    this.#words.forget();
  }

  /** What the page knew when it was made; the room's hello knows better. */
  #recall({ muted, follows, state }) {
    if (muted) this.#may.mute(Number(muted) || null, muted === "banned");
    this.#may.rules({ followers_only: state === "followers" });
    this.#may.following(follows !== undefined);
  }

  get #form() {
    return this.querySelector("#say");
  }

  get #input() {
    return this.#form.elements.namedItem("text");
  }

  #submit(event) {
    event.preventDefault();
    const text = this.#input.value.trim();
    if (!text || this.#look() !== "ready") return;
    this.#input.value = "";
    if (!("crew" in this.dataset)) this.#may.said(Date.now());
    this.#messages.say(text, this.dataset.name);
    this.#look();
  }

  // ---- hearing ----------------------------------------------------------------------------------

  #hello(rules) {
    this.#learn(() => this.#may.rules(rules));
    this.#messages.again();
  }

  #happened({ kind, id, rules }) {
    if (id) this.#messages.seen(id);
    if (kind === "rules") this.#learn(() => this.#may.rules(rules));
  }

  #answered({ id, held, ...refusal }) {
    if (refusal.reason) this.#refused({ id, ...refusal });
    else if (held) this.#messages.held(id);
  }

  #refused({ id, ...refusal }) {
    if (helpsToRepeat(refusal.reason)) return this.#failed(id);
    const typed = this.#messages.takeBack(id);
    if (comesBack(refusal.reason)) this.#input.value ||= typed;
    this.#learn(() => this.#may.refused(refusal, Date.now()));
    this.#words.note(refusal.reason);
  }

  /** `elt` is the button of this page, if it was pressed here: then one is about to write. */
  #following({ on, elt }) {
    this.#learn(() => this.#may.following(on));
    if (on && elt) this.#input.focus();
  }

  #learn(news) {
    news();
    this.#look();
  }

  #failed(id) {
    this.#messages.failed(id);
    this.#words.note("failed");
  }

  /** Once a second: what is late has failed, and the form shows whether one may speak. */
  #look() {
    this.#messages.overdue().forEach((id) => this.#failed(id));
    const now = this.#may.at(Date.now());
    this.#words.show(now, this.#input);
    return now.state;
  }
}

customElements.define("live-say", LiveSay);
