/**
 * The near road: fragments over a socket straight into the video element, about half a second
 * behind the seller. Tells through callbacks:
 *   onState(state, ms)   the show's state as the server says it
 *   onLink(link, retryS) `connected`, `lost` with the seconds until the next try
 *   onPicture()          the first picture of a connection can play
 *   onFail(why)          this road is closed: `unsupported`, `unreachable`, `weak`; or `refused`: every road is
 */

import { Backoff } from "../kit/backoff.js";
import { BufferControl, aheadOf, nextRangeStart, rangesOf } from "../kit/buffer-control.js";
import { FINAL_CODES, INIT, socketUrl, unpackForViewer } from "../kit/media-wire.js";

const TICK_MS = 100;
const KEEP_BEHIND_S = 20;
const TRIES_WITHOUT_ANSWER = 4;

export function canPlayNear() {
  return Boolean(globalThis.MediaSource && globalThis.WebSocket);
}

export class NearSource {
  #video;
  #url;
  #on;
  #socket = null;
  #media = null;
  #buffer = null;
  #mime = "";
  #queue = [];
  #control = new BufferControl();
  #backoff = new Backoff();
  #timers = { tick: 0, retry: 0 };
  #hasAnswered = false;
  #isStanding = false;
  #playhead = { time: 0, since: 0 };

  constructor(video, path, callbacks) {
    this.#video = video;
    this.#url = socketUrl(path, location.href);
    this.#on = callbacks;
  }

  start() {
    this.#connect();
    this.#timers.tick = setInterval(() => this.#steer(), TICK_MS);
  }

  stop() {
    clearInterval(this.#timers.tick);
    clearTimeout(this.#timers.retry);
    this.#socket?.close();
    this.#socket = null;
    this.#reset();
  }

  /** Try again at once, e.g. because the person asked or the network came back. */
  retryNow() {
    if (this.#socket) return;
    clearTimeout(this.#timers.retry);
    this.#connect();
  }

  get bufferTarget() {
    return this.#control.target;
  }

  #connect() {
    const socket = new WebSocket(this.#url);
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => this.#take(data);
    socket.onclose = ({ code }) => this.#lost(socket, code);
    this.#socket = socket;
  }

  #lost(socket, code) {
    if (socket !== this.#socket) return;
    this.#socket = null;
    if (code === 1000) return;
    if (FINAL_CODES.has(code)) {
      this.#on.onFail("refused");
      return;
    }
    if (!this.#hasAnswered && this.#backoff.tries >= TRIES_WITHOUT_ANSWER) {
      this.#on.onFail("unreachable");
      return;
    }
    const waitS = this.#backoff.next();
    this.#on.onLink("lost", waitS);
    this.#timers.retry = setTimeout(() => this.#connect(), waitS * 1000);
  }

  #take(message) {
    if (typeof message !== "string") {
      this.#takeBytes(unpackForViewer(message));
      return;
    }
    this.#hasAnswered = true;
    this.#backoff.reset();
    const told = JSON.parse(message);
    if (told.type === "state") {
      this.#on.onLink("connected");
      this.#on.onState(told.state, told.ms);
    } else if (told.type === "init") this.#begin(told.mime);
  }

  #begin(mime) {
    if (!MediaSource.isTypeSupported(mime)) {
      this.#on.onFail("unsupported");
      return;
    }
    if (!this.#media || this.#media.readyState === "ended") this.#open(mime);
    else if (mime !== this.#mime) this.#queue.push({ changeTo: mime });
    this.#mime = mime;
  }

  #open(mime) {
    this.#reset();
    const media = new MediaSource();
    this.#media = media;
    media.addEventListener("sourceopen", () => this.#opened(media, mime), { once: true });
    this.#video.src = URL.createObjectURL(media);
  }

  #opened(media, mime) {
    if (media !== this.#media) return;
    URL.revokeObjectURL(this.#video.src);
    media.duration = Infinity;
    this.#buffer = media.addSourceBuffer(mime);
    this.#buffer.addEventListener("updateend", () => this.#appended());
    this.#pump();
  }

  #reset() {
    this.#queue = [];
    this.#buffer = null;
    if (!this.#media) return;
    this.#media = null;
    this.#video.removeAttribute("src");
    this.#video.load();
  }

  #takeBytes({ kind, payload }) {
    if (kind === INIT && !this.#media) return;
    this.#queue.push({ payload });
    this.#pump();
  }

  #pump() {
    if (!this.#buffer || this.#buffer.updating || !this.#queue.length) return;
    const { payload, changeTo } = this.#queue.shift();
    try {
      if (changeTo) this.#buffer.changeType(changeTo);
      else this.#buffer.appendBuffer(payload);
    } catch {
      this.#restart();
      return;
    }
    if (changeTo) this.#pump();
  }

  /** The element gave up on what it was fed: begin anew with a fresh connection. */
  #restart() {
    this.#socket?.close();
    this.#socket = null;
    this.#reset();
    this.#on.onLink("lost", 1);
    this.#timers.retry = setTimeout(() => this.#connect(), 1000);
  }

  #appended() {
    this.#steer();
    const tooOld = this.#video.currentTime - KEEP_BEHIND_S;
    const { buffered, updating } = this.#buffer ?? {};
    if (buffered?.length && !updating && buffered.start(0) < tooOld - KEEP_BEHIND_S) {
      this.#buffer.remove(0, tooOld);
    } else this.#pump();
  }

  #steer() {
    const video = this.#video;
    if (!this.#buffer || !video.buffered.length) return;
    if (video.error) {
      this.#restart();
      return;
    }
    const ranges = rangesOf(video.buffered);
    const edge = ranges.at(-1)[1];
    const now = performance.now() / 1000;
    if (video.currentTime < ranges[0][0]) this.#goTo(edge - this.#control.target, ranges.at(-1)[0]);
    const hole = nextRangeStart(ranges, video.currentTime, this.#standsFor(now));
    if (hole !== null) this.#goTo(edge - this.#control.target, hole);
    const ahead = aheadOf(ranges, video.currentTime);
    this.#noteStall(ahead, now);
    const { rate, jump } = this.#control.decide({ ahead, now });
    if (jump) this.#goTo(edge - this.#control.target, ranges.at(-1)[0]);
    if (video.playbackRate !== rate) video.playbackRate = rate;
  }

  /** Seconds for which the playhead has not moved. */
  #standsFor(now) {
    const { currentTime } = this.#video;
    if (currentTime !== this.#playhead.time) this.#playhead = { time: currentTime, since: now };
    return now - this.#playhead.since;
  }

  #goTo(wanted, earliest) {
    this.#video.currentTime = Math.max(wanted, earliest + 0.001);
    this.#on.onPicture();
  }

  #noteStall(ahead, now) {
    const isStanding = ahead < 0.03 && !this.#video.paused && !this.#video.seeking;
    if (isStanding && !this.#isStanding) this.#on.onStall?.(true);
    if (!isStanding && this.#isStanding) {
      this.#on.onStall?.(false);
      if (this.#socket) this.#control.stalled(now);
      if (this.#control.isHopeless) this.#on.onFail("weak");
    }
    this.#isStanding = isStanding;
  }
}
