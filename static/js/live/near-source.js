/**
 * The near road: fragments over a socket straight into the video element, about half a second
 * behind the seller. Tells through callbacks:
 *   onState(state, ms)   the show's state as the server says it
 *   onLink(link, retryS) `connected`, `lost` with the seconds until the next try
 *   onPicture()          the first picture of a connection can play
 *   onStall(isStanding)  the picture stands for want of pieces, or goes on
 *   onStill(bytes)       a still picture, for who only listens
 *   onDelay(ms)          how far behind the seller the picture is
 *   onFail(why)          this road is closed: `unsupported`, `unreachable`, `weak`; or `refused`: every road is
 */

import { Arrivals } from "../kit/arrivals.js";
import { BufferControl, HIGHEST_S, aheadOf, nextRangeStart } from "../kit/buffer-control.js";
import { Drift } from "../kit/drift.js";
import { INIT, STILL } from "../kit/media-wire.js";
import { Standstill } from "../kit/standstill.js";
import { MediaFeed } from "./media-feed.js";
import { NearLink } from "./near-link.js";

const TICK_MS = 50;
const NUDGE_AFTER_S = 0.2;
const ENOUGH_TO_GO_ON_S = 0.15;

/** For half seconds of sound: being late matters less than going on. */
export function savingControl() {
  return new BufferControl({ lowest: 1.4, highest: 4 });
}

export function canPlayNear() {
  return Boolean(globalThis.MediaSource && globalThis.WebSocket);
}

export class NearSource {
  #video;
  #on;
  #feed;
  #link;
  #control;
  #way = new Arrivals(HIGHEST_S); // from the server to here only
  #drift;
  #standstill = new Standstill();
  #tick = 0;
  #hasPicture = false;

  /** Without `drift` being late is no reason to leave, e.g. because no thinner road is left. */
  constructor(video, path, callbacks, { control = new BufferControl(), drift = new Drift() } = {}) {
    this.#video = video;
    this.#control = control;
    this.#drift = drift;
    this.#on = callbacks;
    this.#feed = new MediaFeed(video, { onAppended: (piece) => this.#appended(piece), onBroken: () => this.#restart() });
    this.#link = new NearLink(path, {
      onText: (told) => this.#told(told),
      onPiece: (piece) => this.#take(piece),
      onAnswer: (roundTrip, told) => this.#answered(roundTrip, told),
      onLost: (retryS) => {
        this.#drift?.reset();
        callbacks.onLink("lost", retryS);
      },
      onFail: (why) => callbacks.onFail(why),
    });
  }

  start() {
    this.#link.open();
    this.#tick = setInterval(() => this.#steer(), TICK_MS);
  }

  stop() {
    clearInterval(this.#tick);
    this.#link.close();
    this.#reset();
  }

  retryNow() {
    this.#link.retryNow();
  }

  get bytes() {
    return this.#link.bytes;
  }

  #told(told) {
    if (told.type === "state") {
      this.#on.onLink("connected");
      this.#on.onState(told.state, told.ms);
    } else if (told.type === "init" && !this.#feed.begin(told.mime)) this.#on.onFail("unsupported");
  }

  #take({ kind, payload, sentAt, arrivedAt }) {
    if (kind === STILL) {
      this.#on.onStill?.(payload);
      return;
    }
    if (kind === INIT && !this.#feed.isOpen) return;
    this.#feed.add(payload, kind === INIT ? null : { sentAt, arrivedAt });
  }

  #appended({ sentAt, arrivedAt }) {
    const edge = this.#feed.ranges.at(-1)?.[1];
    if (edge === undefined) return;
    this.#control.arrived({ arrivedAt, edge });
    if (this.#way.observe({ arrivedAt, edge: sentAt }) > ENOUGH_TO_GO_ON_S) this.#standstill.wayIsLate(arrivedAt);
    this.#drift?.observe({ delay: arrivedAt - sentAt, now: arrivedAt });
    this.#steer();
  }

  #answered(roundTrip, { ms, age }) {
    this.#control.asked(roundTrip, performance.now() / 1000);
    const { currentTime, readyState } = this.#video;
    if (readyState > 2) this.#on.onDelay?.(Math.max(0, Math.round(ms - currentTime * 1000 + age + roundTrip * 500)));
  }

  /** The element gave up on what it was fed: begin anew with a fresh connection. */
  #restart() {
    this.#reset();
    this.#link.renew(1);
  }

  #reset() {
    this.#hasPicture = false;
    this.#feed.reset();
  }

  #steer() {
    const video = this.#video;
    const { ranges } = this.#feed;
    if (!ranges.length) return;
    if (video.error) {
      this.#restart();
      return;
    }
    const now = performance.now() / 1000;
    const standsFor = this.#watch(now);
    const [start, edge] = ranges.at(-1);
    const wanted = edge - this.#control.target(now);
    const hole = nextRangeStart(ranges, video.currentTime, standsFor);
    if (!this.#hasPicture || video.currentTime < ranges[0][0]) this.#goTo(wanted, start);
    else if (hole !== null) this.#goTo(wanted, hole);
    const ahead = aheadOf(ranges, video.currentTime);
    if (standsFor > NUDGE_AFTER_S && ahead > ENOUGH_TO_GO_ON_S && !video.seeking) this.#goTo(wanted, video.currentTime);
    const { rate, jump } = this.#control.decide({ ahead, now });
    if (jump && !video.seeking) this.#goTo(wanted, start);
    if (video.playbackRate !== rate) video.playbackRate = rate;
  }

  /** Seconds for which the playhead has stood still against its will; waiting where it was put is standing, too. */
  #watch(now) {
    const { currentTime, paused } = this.#video;
    const { standsFor, began, ended, isMine } = this.#standstill.look({ time: currentTime, isWanted: !paused, now });
    if (began) this.#on.onStall?.(true);
    if (ended) this.#on.onStall?.(false);
    if (began && isMine && this.#link.isUp) this.#control.stalled(now);
    if (this.#drift?.isFalling || this.#standstill.isHopeless(now)) this.#on.onFail("weak");
    return standsFor;
  }

  /** A browser that ran dry wants ever more before it goes on; being put somewhere makes it forget that. */
  #goTo(wanted, earliest) {
    this.#video.currentTime = Math.max(wanted, earliest + 0.001);
    this.#hasPicture = true;
    this.#control.moved();
    this.#standstill.moved(this.#video.currentTime);
    this.#on.onPicture();
  }
}
