/**
 * The publisher's socket: a permit, a hello, then messages; acknowledgements tell how late they are.
 *   onReady()             the server listens from here on
 *   onLost(retryS)        the connection is gone; the next try is in `retryS` seconds
 *   onRefused(reason)     for good: taken_over, ended, full, token_refused, bad_input, …
 *   onNotice(notice)      something to tell the seller, e.g. recording_stopped
 */

import { Backoff } from "../kit/backoff.js";
import { Delivery } from "../kit/delivery.js";
import { FINAL_CODES, socketUrl } from "../kit/media-wire.js";
import { Permit } from "./permit.js";

const TRIES_WITH_BAD_INPUT = 3;
const STEADY_MS = 10_000;
const OPENS_WITHIN_MS = 2500; // the kernel knocks ever more seldom, we do not
const READY_WITHIN_MS = 4000;
const BREATH_MS = 200;
const PERMIT_EVERY_MS = 120_000;
const LONGEST_WAIT_S = 1.5; // a show has one publisher, and many who wait for it
const DOUBTFUL_MS = 1500; // an unanswered message of this age makes a socket that outlived its network
const LATE_GREETING_MS = 20_000; // a greeting we gave up may still arrive, and then it takes over from us
const REASONS = new Map([[4401, "token_refused"], [4503, "full"], ...FINAL_CODES]);

export class Uplink {
  #publish;
  #permit;
  #on;
  #form;
  #socket = null;
  #isReady = false;
  #isWanted = false;
  #delivery = new Delivery();
  #bytes = 0;
  #backoff = new Backoff({ longestS: LONGEST_WAIT_S });
  #timers = { retry: 0, patience: 0, permit: 0 };
  #readyAt = 0;
  #badInputs = 0;
  #hasGreeted = false;
  #gaveUpAt = -Infinity;

  constructor({ publish, tokenUrl }, form, callbacks) {
    this.#publish = publish;
    this.#permit = new Permit(tokenUrl, {
      onGranted: (token) => this.#granted(token),
      onDenied: () => this.#isReady || this.#refused("token_refused"), // who publishes is judged by the server
      onFailed: () => this.#isReady || this.#on.onLost(LONGEST_WAIT_S),
    });
    this.#form = form;
    this.#on = callbacks;
  }

  open() {
    this.#isWanted = true;
    this.#try();
  }

  get isReady() {
    return this.#isReady;
  }

  /** All bytes sent so far, for the rate. */
  get bytes() {
    return this.#bytes;
  }

  /** How the messages on their way are doing. */
  get way() {
    const { kbps, drainMs } = this.#delivery;
    return { oldestUnackedMs: this.#delivery.oldestMs(performance.now()), deliveredKbps: kbps, drainMs };
  }

  sendText(fields) {
    if (this.#isReady) this.#socket.send(JSON.stringify(fields));
  }

  send(message) {
    if (!this.#isReady) return;
    this.#socket.send(message);
    const bytes = message.byteLength ?? message.size;
    this.#bytes += bytes;
    this.#delivery.sent(bytes, performance.now());
  }

  /** The seller ends the show: say goodbye, so that nobody waits. */
  bye() {
    this.sendText({ type: "bye" });
    this.close();
  }

  close() {
    this.#isWanted = false;
    this.#drop();
  }

  /** The network may be back, or another one: do not wait any longer, nor for a socket that lies dead. */
  retryNow() {
    if (!this.#isWanted) return;
    if (this.#isReady && this.way.oldestUnackedMs < DOUBTFUL_MS) return;
    if (this.#isReady) this.#on.onLost(0);
    this.#drop();
    this.#try();
  }

  /** This connection is too far behind; a new one takes over. */
  renew() {
    this.#drop();
    this.#tryLater();
  }

  #drop() {
    this.#permit.stop();
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    if (this.#hasGreeted && !this.#isReady) this.#gaveUpAt = performance.now();
    const socket = this.#socket;
    this.#socket = null;
    this.#isReady = this.#hasGreeted = false;
    socket?.close();
  }

  #try() {
    const token = this.#permit.atHand;
    if (token) this.#hello(token);
    else this.#ask();
  }

  /** Ask, and ask again before it is known that nobody answered. */
  #ask() {
    this.#permit.ask();
    this.#timers.retry = setTimeout(() => this.#ask(), this.#backoff.next() * 1000);
  }

  /** Nobody answers: there has been waiting enough. */
  #knockAgain() {
    this.#drop();
    this.#on.onLost(0);
    this.#timers.retry = setTimeout(() => this.#try(), BREATH_MS * (1 + Math.random()));
  }

  #granted(token) {
    if (!this.#isWanted || this.#socket) return;
    clearTimeout(this.#timers.retry);
    this.#hello(token);
  }

  #hello(token) {
    const socket = new WebSocket(socketUrl(this.#publish, location.href));
    socket.binaryType = "arraybuffer";
    socket.onopen = () => socket === this.#socket && this.#greet(token);
    socket.onmessage = ({ data }) => socket === this.#socket && this.#hear(JSON.parse(data));
    socket.onclose = ({ code }) => socket === this.#socket && this.#closed(code);
    this.#socket = socket;
    this.#timers.patience = setTimeout(() => this.#knockAgain(), OPENS_WITHIN_MS);
  }

  #greet(token) {
    clearTimeout(this.#timers.patience);
    this.#timers.patience = setTimeout(() => this.#knockAgain(), READY_WITHIN_MS);
    this.#hasGreeted = true;
    this.#socket.send(JSON.stringify({ type: "hello", token, form: this.#form }));
  }

  #hear(told) {
    if (told.type === "ready") this.#begin();
    else if (told.type === "ack") this.#delivery.acked(told.n, performance.now());
    else if (told.type === "notice") this.#on.onNotice(told.notice);
  }

  #begin() {
    clearTimeout(this.#timers.patience);
    this.#timers.permit = setInterval(() => this.#permit.ask(), PERMIT_EVERY_MS);
    this.#isReady = true;
    this.#readyAt = performance.now();
    this.#delivery.begin(this.#readyAt);
    this.#backoff.reset();
    this.#on.onReady();
  }

  #closed(code) {
    const wasSteady = this.#isReady && performance.now() - this.#readyAt > STEADY_MS;
    this.#drop();
    if (code === 4400) this.#badInputs = wasSteady ? 1 : this.#badInputs + 1;
    if (REASONS.has(code) && !this.#mayTryAgain(code)) this.#refused(REASONS.get(code));
    else this.#tryLater();
  }

  #mayTryAgain(code) {
    if (code === 4400) return this.#badInputs < TRIES_WITH_BAD_INPUT;
    if (code === 4401) return this.#permit.wasRefused();
    const byOurselves = code === 4409 && performance.now() - this.#gaveUpAt < LATE_GREETING_MS;
    if (byOurselves) this.#gaveUpAt = -Infinity;
    return byOurselves;
  }

  #refused(reason) {
    this.#isWanted = false;
    this.#drop();
    this.#on.onRefused(reason);
  }

  #tryLater() {
    if (!this.#isWanted) return;
    const waitS = this.#backoff.next();
    this.#on.onLost(waitS);
    this.#timers.retry = setTimeout(() => this.#try(), waitS * 1000);
  }
}
