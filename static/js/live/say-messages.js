// The messages of <live-say> on their way: over the room's line, or when that is down by the form's own address. Tells
// `chat:mine` {id, name, text, state: "sending"|"failed"|"held"|"gone"}.

import { Outbox } from "../kit/outbox.js";
import { newId } from "../kit/uuid.js";
import { sayByPost } from "./say-by-post.js";

export class SayMessages {
  #form;
  #answered;
  #outbox = new Outbox();
  isOpen = false; // the room's line

  /** `answered` gets what the form's address said of a message: {id, reason, …} or {id, held}. */
  constructor(form, answered) {
    this.#form = form;
    this.#answered = answered;
  }

  say(text, name) {
    const id = newId();
    this.#outbox.add(id, text, Date.now());
    tell("chat:mine", { id, text, name, state: "sending" });
    this.#send({ id, text });
  }

  /** After every hello: what was said and not seen is said again. */
  again() {
    this.isOpen = true;
    this.#outbox.unsettled().forEach((message) => this.#send(message));
  }

  resend(id) {
    const message = this.#outbox.retry(id, Date.now());
    if (!message) return;
    tell("chat:mine", { id, state: "sending" });
    if (this.isOpen) this.#send(message);
    else this.#post(message);
  }

  seen(id) {
    this.#outbox.settle(id);
  }

  held(id) {
    this.#outbox.settle(id);
    tell("chat:mine", { id, state: "held" });
  }

  /** It will not be said; gives what was typed. */
  takeBack(id) {
    const message = this.#outbox.take(id);
    tell("chat:mine", { id, state: "gone" });
    return message?.text ?? "";
  }

  failed(id) {
    this.#outbox.fail(id);
    tell("chat:mine", { id, state: "failed" });
  }

  overdue() {
    return this.#outbox.overdue(Date.now()).map(({ id }) => id);
  }

  /** While the line is down the message waits for the next hello. */
  #send({ id, text }) {
    if (this.isOpen) tell("room:say", { id, text });
  }

  async #post(message) {
    this.#answered({ id: message.id, ...(await sayByPost(this.#form, message)) });
  }
}

function tell(name, detail) {
  document.body.dispatchEvent(new CustomEvent(name, { detail }));
}
