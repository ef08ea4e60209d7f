/**
 * <live-say data-name="Siti A.">
 *   <form method="post" action="/live/CODE/obrolan/"><input name="text"><span data-note role="status"></span>…</form>
 * </live-say>
 *
 * Sends what is typed: over the room's line, or when that is down by the form's own address. Nothing typed
 * is lost: a message is kept until the room shows it, and a second sending has the same id. Tells
 * `chat:mine` {id, name, text, state: "sending"|"failed"|"gone"}, hears `chat:resend` {id}.
 * Words: data-text-failed and one for each refusal: empty, long, muted, closed, fast, login.
 */

import { Outbox } from "../kit/outbox.js";
import { newId } from "../kit/uuid.js";

const LOOK_MS = 1_000;
const NOTE_MS = 5_000;
const FINAL = ["empty", "long", "muted", "closed", "login"]; // trying again does not help

class LiveSay extends HTMLElement {
  #abort = null;
  #outbox = new Outbox();
  #isOpen = false;
  #timer = 0;
  #noteTimer = 0;

  connectedCallback() {
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    const hear = (name, act) => document.body.addEventListener(name, ({ detail }) => act(detail), options);
    hear("room:hello", () => this.#sayAgain());
    hear("room:link", ({ state }) => (this.#isOpen = state === "open"));
    hear("room:items", ({ items }) => items.forEach(({ id }) => id && this.#outbox.settle(id)));
    hear("room:refused", (refusal) => this.#refused(refusal));
    hear("room:muted", () => this.#note("muted"));
    hear("chat:resend", ({ id }) => this.#resend(id));
    this.#form.addEventListener("submit", (event) => this.#submit(event), options);
    this.#timer = setInterval(() => this.#failOverdue(), LOOK_MS);
  }

  disconnectedCallback() {
    this.#abort.abort();
    clearInterval(this.#timer);
    clearTimeout(this.#noteTimer);
  }

  get #form() {
    return this.querySelector("form");
  }

  #submit(event) {
    event.preventDefault();
    const input = this.#form.elements.namedItem("text");
    const text = input.value.trim();
    if (!text) return;
    const id = newId();
    input.value = "";
    this.#outbox.add(id, text, Date.now());
    this.#tell("chat:mine", { id, text, name: this.dataset.name, state: "sending" });
    this.#send({ id, text });
  }

  /** While the line is down the message waits for the next hello. */
  #send({ id, text }) {
    if (this.#isOpen) this.#tell("room:say", { id, text });
  }

  #sayAgain() {
    this.#isOpen = true;
    this.#outbox.unsettled().forEach((message) => this.#send(message));
  }

  #refused({ id, reason }) {
    if (FINAL.includes(reason)) {
      this.#outbox.settle(id);
      this.#tell("chat:mine", { id, state: "gone" });
      this.#note(reason);
    } else {
      this.#outbox.fail(id);
      this.#failed(id);
    }
  }

  #failOverdue() {
    this.#outbox.overdue(Date.now()).forEach(({ id }) => this.#failed(id));
  }

  #failed(id) {
    this.#tell("chat:mine", { id, state: "failed" });
    this.#note("failed");
  }

  #resend(id) {
    const message = this.#outbox.retry(id, Date.now());
    if (!message) return;
    this.#tell("chat:mine", { id, state: "sending" });
    if (this.#isOpen) this.#send(message);
    else this.#post(message);
  }

  async #post({ id, text }) {
    const fields = new FormData(this.#form);
    fields.set("id", id);
    fields.set("text", text);
    try {
      const answer = await fetch(this.#form.action, { method: "POST", body: fields, headers: { Accept: "application/json" } });
      if (!answer.ok) this.#refused({ id, reason: (await answer.json()).reason });
    } catch {
      this.#refused({ id, reason: "again" });
    }
  }

  #note(reason) {
    const words = this.dataset[`text${reason[0].toUpperCase()}${reason.slice(1)}`];
    const place = this.querySelector("[data-note]");
    place.textContent = words ?? "";
    clearTimeout(this.#noteTimer);
    this.#noteTimer = setTimeout(() => (place.textContent = ""), NOTE_MS);
  }

  #tell(name, detail) {
    document.body.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

customElements.define("live-say", LiveSay);
