/**
 * The viewer's socket: opened again when it is lost, asked now and then whether it is still there.
 *   onText(told)            a text of the server
 *   onPiece(piece)          {kind, sentAt, payload, arrivedAt}, times in seconds on two clocks
 *   onAnswer(roundTrip, told)  seconds there and back, and where the server says the show is
 *   onLost(retryS)          the next try is in so many seconds
 *   onFail(why)             `refused`: every road is closed; `unreachable`: this one is
 */

import { Backoff } from "../kit/backoff.js";
import { FINAL_CODES, socketUrl, unpackForViewer } from "../kit/media-wire.js";

const TRIES_WITHOUT_ANSWER = 4;
const ASK_EVERY_MS = 5000;
const FIRST_QUESTIONS = 4; // quicker at first, to learn how long the way is
const FIRST_EVERY_MS = 1000;
const QUIET_MS = 3000;
const GONE_AFTER_MS = 6000;
const OPENS_WITHIN_MS = 6000;
const SLOW_TO_OPEN_MS = 1000;
const LONGEST_WAIT_S = 5;

export class NearLink {
  #url;
  #on;
  #socket = null;
  #timers = { retry: 0, ask: 0, patience: 0 };
  #backoff = new Backoff({ longestS: LONGEST_WAIT_S });
  #hasAnswered = false;
  #asked = { count: 0, at: 0, isOpen: false };
  #heardAt = 0;
  #openedAt = 0;
  bytes = 0; // all that came, for who counts them

  constructor(path, callbacks) {
    this.#url = socketUrl(path, location.href);
    this.#on = callbacks;
  }

  get isUp() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  open() {
    clearTimeout(this.#timers.retry);
    const socket = new WebSocket(this.#url);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => socket === this.#socket && this.#opened();
    socket.onmessage = ({ data }) => socket === this.#socket && this.#take(data);
    socket.onclose = ({ code }) => socket === this.#socket && this.#lost(code);
    this.#socket = socket;
    this.#openedAt = performance.now();
    this.#timers.patience = setTimeout(() => this.renew(this.#backoff.next()), OPENS_WITHIN_MS);
  }

  close() {
    clearTimeout(this.#timers.retry);
    clearTimeout(this.#timers.patience);
    clearInterval(this.#timers.ask);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  /** Try again at once, e.g. because the person asked or the network came back: what has long been knocking knocks in vain. */
  retryNow() {
    const isKnocking = this.#socket?.readyState === WebSocket.CONNECTING;
    if (isKnocking && performance.now() - this.#openedAt > SLOW_TO_OPEN_MS) this.close();
    if (!this.#socket) this.open();
  }

  /** What came was of no use: hang up and come again after so long. */
  renew(waitS) {
    this.close();
    this.#on.onLost(waitS);
    this.#timers.retry = setTimeout(() => this.open(), waitS * 1000);
  }

  #opened() {
    clearTimeout(this.#timers.patience);
    this.#asked = { count: 0, at: 0, isOpen: false };
    this.#heardAt = performance.now();
    this.#ask(this.#heardAt);
    this.#timers.ask = setInterval(() => this.#look(), FIRST_EVERY_MS / 2);
  }

  /** A network that is gone tells nobody: silence after a question is the only sign. */
  #look() {
    const now = performance.now();
    const quietMs = now - this.#heardAt;
    if (this.#asked.isOpen && quietMs > GONE_AFTER_MS && now - this.#asked.at > GONE_AFTER_MS) {
      this.renew(this.#backoff.next());
      return;
    }
    const every = this.#asked.count < FIRST_QUESTIONS ? FIRST_EVERY_MS : ASK_EVERY_MS;
    if (!this.#asked.isOpen && now - this.#asked.at >= (quietMs > QUIET_MS ? QUIET_MS : every)) this.#ask(now);
  }

  #ask(now) {
    this.#asked = { count: this.#asked.count + 1, at: now, isOpen: true };
    this.#socket.send("ping");
  }

  #take(message) {
    this.#heardAt = performance.now();
    this.bytes += message.byteLength ?? message.length;
    if (typeof message !== "string") {
      this.#on.onPiece({ ...unpackForViewer(message), arrivedAt: this.#heardAt / 1000 });
      return;
    }
    this.#hasAnswered = true;
    this.#backoff.reset();
    const told = JSON.parse(message);
    if (told.type === "pong") this.#answered(told);
    else this.#on.onText(told);
  }

  #answered(told) {
    this.#asked.isOpen = false;
    this.#on.onAnswer((this.#heardAt - this.#asked.at) / 1000, told);
  }

  #lost(code) {
    this.close();
    if (code === 1000) return;
    if (FINAL_CODES.has(code)) this.#on.onFail("refused");
    else if (!this.#hasAnswered && this.#backoff.tries >= TRIES_WITHOUT_ANSWER) this.#on.onFail("unreachable");
    else this.renew(this.#backoff.next());
  }
}
