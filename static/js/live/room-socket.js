/**
 * <room-socket data-code="CODE" data-ticket="…" data-from="SOURCE" data-last="17" data-events="/live/CODE/kejadian/"></room-socket>
 *
 * The page's one line to the room. It speaks and listens on document.body:
 *
 *   tells   room:link    {state: "connecting"|"open"|"waiting"|"closed", retryInS}
 *           room:hello   {head, viewers, likes, state, pinned, me}    after every connect
 *           room:items   {items}       numbered: each once and in order
 *           room:now     {viewers, likes, variants, products, sold}   only what changed
 *           room:refused {id, reason}  room:muted {}  room:reset {}
 *           room:following {on}  whether this person follows the shop now
 *           room:turn {variant}   goods that were sold out are held for this person
 *           room:cue {…}  room:part {}  only to people who help to run the show
 *   hears   room:say {id, text}   room:like {n}   room:retry {}
 *
 * What is said while the line is down is not kept here: the one who says it says it again on room:hello.
 */

import { FullJitter } from "../kit/full-jitter.js";
import { RoomLog } from "../kit/room-log.js";
import { newId } from "../kit/uuid.js";
import { wayIn, withoutMark } from "../kit/way-in.js";

const SILENCE_MS = 8_000; // the room beats every two seconds
const OPENS_WITHIN_MS = 4_000; // a browser opens one socket to a server at a time: who knocks in vain keeps the others out
const SHOWN_AFTER_RESET = 50;
const SIGNED_OUT = 4403;
const FINAL = new Set([4404, 4409]); // no such room; opened elsewhere
const COOL_DOWN_MS = { 4410: 60_000, 4429: 10_000 }; // too many from this address; too fast
const SIGN_MS = 15_000; // who is silent for 30 seconds is no longer counted as a viewer

class RoomSocket extends HTMLElement {
  #abort = null;
  #backoff = new FullJitter();
  #log = null;
  #page = newId().replaceAll("-", "");
  #from = "";
  #socket = null;
  #timer = 0;
  #watchdog = 0;
  #isFilling = false;
  #saidAt = 0;
  #crowd = 0; // viewers of the room, who would all come back with us

  connectedCallback() {
    this.#log ??= new RoomLog(Number(this.dataset.last ?? 0));
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    document.body.addEventListener("room:say", ({ detail }) => this.#send({ type: "chat", ...detail }), options);
    document.body.addEventListener("room:like", ({ detail }) => this.#send({ type: "like", ...detail }), options);
    document.body.addEventListener("room:retry", () => this.#retryNow(), options);
    addEventListener("online", () => this.#retryNow(), options);
    document.body.addEventListener("htmx:configRequest", ({ detail }) => (detail.headers["X-Page"] = this.#page), options);
    addEventListener("pagehide", () => this.#stop(), options);
    addEventListener("pageshow", (event) => event.persisted && this.#connect(), options);
    this.#rememberWayIn();
    this.#connect();
  }

  disconnectedCallback() {
    this.#abort.abort();
    this.#stop();
  }

  #connect() {
    this.#stop();
    this.#tell("room:link", { state: "connecting" });
    const query = new URLSearchParams({ page: this.#page, from: this.#from, ticket: this.dataset.ticket ?? "" });
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/ws/room/${this.dataset.code}?${query}`);
    this.#socket = socket;
    this.#watch(OPENS_WITHIN_MS);
    socket.onmessage = ({ data }) => socket === this.#socket && this.#hear(JSON.parse(data));
    socket.onopen = () => socket === this.#socket && this.#watch();
    socket.onclose = ({ code }) => socket === this.#socket && this.#closed(code);
  }

  #rememberWayIn() {
    this.#from = wayIn(this.dataset.code, this.dataset.from ?? "", sessionStorage);
    const clean = withoutMark(location.href);
    if (clean) history.replaceState(history.state, "", clean);
  }

  #stop() {
    clearTimeout(this.#timer);
    clearTimeout(this.#watchdog);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #closed(code) {
    this.#stop();
    if (code === SIGNED_OUT) this.dataset.ticket = "";
    if (FINAL.has(code)) this.#tell("room:link", { state: "closed", code });
    else this.#wait(COOL_DOWN_MS[code] ?? this.#backoff.next(this.#crowd));
  }

  #wait(ms) {
    this.#tell("room:link", { state: "waiting", retryInS: Math.ceil(ms / 1000) });
    this.#timer = setTimeout(() => this.#connect(), ms);
  }

  #retryNow() {
    if (!this.#socket) this.#connect();
  }

  /** Whatever keeps a line silent for so long, a new one is better. */
  #watch(patienceMs = SILENCE_MS) {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#closed(0), patienceMs);
  }

  /** Signs of life go with what the room says: timers sleep in pages that are out of sight. */
  #hear(frame) {
    this.#watch();
    if (performance.now() - this.#saidAt > SIGN_MS) this.#send({ type: "here" });
    this[`_${frame.type}`]?.(frame);
  }

  _hello({ type, ...hello }) {
    this.#backoff.reset();
    this.#crowd = hello.viewers;
    this.#resume();
    this.#tell("room:link", { state: "open" });
    this.#tell("room:hello", hello);
  }

  _batch(frame) {
    const items = this.#log.take(frame);
    if (items === null) this.#backfill();
    else if (items.length) this.#tell("room:items", { items });
    this.#crowd = frame.now?.viewers ?? this.#crowd;
    if (frame.now) this.#tell("room:now", frame.now);
  }

  _beat({ head }) {
    if (this.#log.isBehind(head)) this.#backfill();
  }

  _refused(refusal) {
    this.#tell("room:refused", refusal);
  }

  _held({ id }) {
    this.#tell("room:held", { id });
  }

  _muted({ until, banned }) {
    this.#tell("room:muted", { until, banned });
  }

  _unmuted() {
    this.#tell("room:unmuted", {});
  }

  _following({ on }) {
    this.#tell("room:following", { on });
  }

  /** Something waits for whoever runs the chat. */
  _crew({ matters }) {
    matters.forEach((matter) => this.#tell(`crew-${matter}`, {}));
  }

  _cue({ type, ...cue }) {
    this.#tell("room:cue", cue);
  }

  /** Goods that were sold out are held for this person now. */
  _turn({ variant }) {
    this.#tell("room:turn", { variant });
  }

  _part() {
    this.#tell("room:part", {});
  }

  /** Too much was missed: leave it out, and show the end. */
  async _reset() {
    const { head } = await this.#fetchEvents(Number.MAX_SAFE_INTEGER);
    this.#log.jumpTo(head - SHOWN_AFTER_RESET);
    this.#tell("room:reset", {});
    await this.#backfill();
    this.#resume();
  }

  _reconnect({ after_ms: ms }) {
    this.#stop();
    this.#wait(ms * (0.5 + Math.random()));
  }

  #resume() {
    this.#send({ type: "resume", last: this.#log.last });
  }

  async #backfill() {
    if (this.#isFilling) return;
    this.#isFilling = true;
    const items = this.#log.take(await this.#fetchEvents(this.#log.last)) ?? [];
    this.#isFilling = false;
    if (items.length) this.#tell("room:items", { items });
  }

  /** When this fails the next beat tries again. */
  async #fetchEvents(last) {
    try {
      const answer = await fetch(`${this.dataset.events}?last=${last}`, { headers: { Accept: "application/json" } });
      return await answer.json();
    } catch {
      return { head: 0, items: [] };
    }
  }

  #send(words) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#saidAt = performance.now();
    this.#socket.send(JSON.stringify(words));
  }

  #tell(name, detail) {
    document.body.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

customElements.define("room-socket", RoomSocket);
