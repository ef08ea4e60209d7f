/**
 * The publisher's socket: a fresh token, a hello, then messages; acknowledgements tell how late they are.
 *   onReady()             the server listens from here on
 *   onLost(retryS)        the connection is gone; the next try is in `retryS` seconds
 *   onRefused(reason)     for good: taken_over, ended, full, token_refused, bad_input, …
 *   onNotice(notice)      something to tell the seller, e.g. recording_stopped
 */

import { Backoff } from "../kit/backoff.js";
import { Delivery } from "../kit/delivery.js";
import { FINAL_CODES, socketUrl } from "../kit/media-wire.js";

const TRIES_WITH_BAD_INPUT = 3;
const STEADY_MS = 10_000;
const PATIENCE_MS = 6000; // a network that is gone lets everything wait for ever
const LONGEST_WAIT_S = 2.5; // a show has one publisher, and many who wait for it
const REASONS = new Map([[4401, "token_refused"], [4503, "full"], ...FINAL_CODES]);

export class Uplink {
  #paths;
  #on;
  #form;
  #socket = null;
  #isReady = false;
  #isWanted = false;
  #delivery = new Delivery();
  #bytes = 0;
  #backoff = new Backoff({ longestS: LONGEST_WAIT_S });
  #retry = 0;
  #patience = 0;
  #readyAt = 0;
  #badInputs = 0;

  constructor({ publish, tokenUrl }, form, callbacks) {
    this.#paths = { publish, tokenUrl };
    this.#form = form;
    this.#on = callbacks;
  }

  open() {
    this.#isWanted = true;
    this.#connect();
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

  /** The network says that it is back: do not wait any longer. */
  retryNow() {
    if (!this.#isWanted || this.#socket) return;
    clearTimeout(this.#retry);
    this.#connect();
  }

  /** This connection is too far behind; a new one takes over. */
  renew() {
    this.#drop();
    this.#tryLater();
  }

  #drop() {
    clearTimeout(this.#retry);
    clearTimeout(this.#patience);
    const socket = this.#socket;
    this.#socket = null;
    this.#isReady = false;
    socket?.close();
  }

  async #connect() {
    let token;
    try {
      const answer = await fetch(this.#paths.tokenUrl, { cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE_MS) });
      if (answer.status === 403 || answer.status === 404 || answer.redirected) return this.#refused("token_refused");
      ({ token } = await answer.json());
    } catch {
      this.#tryLater();
      return undefined;
    }
    if (this.#isWanted && !this.#socket) this.#hello(token);
    return undefined;
  }

  #hello(token) {
    const socket = new WebSocket(socketUrl(this.#paths.publish, location.href));
    socket.binaryType = "arraybuffer";
    socket.onopen = () => socket.send(JSON.stringify({ type: "hello", token, form: this.#form }));
    socket.onmessage = ({ data }) => socket === this.#socket && this.#hear(JSON.parse(data));
    socket.onclose = ({ code }) => socket === this.#socket && this.#closed(code);
    this.#socket = socket;
    this.#patience = setTimeout(() => this.renew(), PATIENCE_MS);
  }

  #hear(told) {
    if (told.type === "ready") this.#begin();
    else if (told.type === "ack") this.#delivery.acked(told.n, performance.now());
    else if (told.type === "notice") this.#on.onNotice(told.notice);
  }

  #begin() {
    clearTimeout(this.#patience);
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
    const mayTryAgain = code === 4400 && this.#badInputs < TRIES_WITH_BAD_INPUT;
    if (REASONS.has(code) && !mayTryAgain) this.#refused(REASONS.get(code));
    else this.#tryLater();
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
    this.#retry = setTimeout(() => this.#connect(), waitS * 1000);
  }
}
