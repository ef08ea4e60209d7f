/**
 * The far road: HLS, a few seconds behind, for browsers and networks that cannot take the near one,
 * and for replays. hls.js is loaded only when the browser needs it.
 */

import { LoadPace } from "../kit/load-pace.js";
import { Standstill } from "../kit/standstill.js";

const LOOK_EVERY_MS = 250;
const FIRST_PICTURE_WITHIN_S = 12;
const NATIVE_TYPE = "application/vnd.apple.mpegurl";
const RETRY_MS = 2000;

export class FarSource {
  #video;
  #url;
  #on;
  #hls = null;
  #retry = 0;
  #isStopped = false;
  #standstill = new Standstill();
  #look = 0;
  #isTrial;
  #pace;
  #startedAt = 0;
  bytes = 0; // what came, as far as the browser tells

  /**
   * `isTrial`: a weak network brought us here, so a first picture that does not come is an answer, and room that
   * lasts for `ampleForS` is told by onAmple().
   */
  constructor(video, url, callbacks, { isTrial = false, ampleForS = 30 } = {}) {
    this.#isTrial = isTrial;
    this.#pace = new LoadPace({ ampleForS });
    this.#video = video;
    this.#url = url;
    this.#on = callbacks;
  }

  async start() {
    this.#isStopped = false;
    this.#startedAt = performance.now() / 1000;
    this.#look = setInterval(() => this.#watch(), LOOK_EVERY_MS);
    if (globalThis.MediaSource) await this.#startHls();
    else if (this.#video.canPlayType(NATIVE_TYPE)) this.#startNative();
    else this.#on.onFail("unsupported");
  }

  stop() {
    this.#isStopped = true;
    clearInterval(this.#look);
    clearTimeout(this.#retry);
    this.#hls?.destroy();
    this.#hls = null;
    this.#video.removeAttribute("src");
    this.#video.load();
  }

  retryNow() {
    this.#hls?.startLoad();
  }

  #startNative() {
    this.#video.src = this.#url;
    this.#video.addEventListener("loadeddata", () => this.#on.onPicture(), { once: true });
    this.#video.addEventListener("error", () => this.#again(() => this.#startNative()), { once: true });
  }

  async #startHls() {
    await import("../../vendor/hls/hls.light.min.js");
    if (this.#isStopped) return;
    const { Hls } = globalThis;
    const hls = new Hls({
      enableWorker: false,
      lowLatencyMode: true,
      liveSyncDuration: 1.6, // of segments of one second: the end of the list is itself up to a second old
      liveMaxLatencyDuration: 6,
      maxLiveSyncPlaybackRate: 1.1,
      backBufferLength: 30,
      maxBufferLength: 20,
    });
    this.#hls = hls;
    hls.on(Hls.Events.ERROR, (_, error) => error.fatal && this.#failed(hls, error));
    hls.on(Hls.Events.FRAG_LOADED, (_, { frag, payload }) => this.#loaded(frag, payload));
    hls.once(Hls.Events.FRAG_BUFFERED, () => this.#on.onPicture());
    hls.loadSource(this.#url);
    hls.attachMedia(this.#video);
  }

  #loaded({ duration, stats }, payload) {
    this.bytes += payload?.byteLength ?? 0;
    const { start, end } = stats.loading;
    if (duration) this.#pace.loaded({ took: (end - start) / 1000, plays: duration, at: performance.now() / 1000 });
  }

  /** A far road that stands again and again is too narrow for pictures. */
  #watch() {
    const { currentTime, paused, readyState } = this.#video; // a jump into what is not there yet stands as well
    const now = performance.now() / 1000;
    this.#standstill.wayIsLate(now);
    const { began } = this.#standstill.look({ time: currentTime, isWanted: readyState > 0 && !paused, now });
    if (began) this.#pace.stood();
    const isTooLate = this.#isTrial && readyState < 2 && now - this.#startedAt > FIRST_PICTURE_WITHIN_S;
    if (isTooLate || this.#pace.isTight(now) || this.#standstill.isHopeless(now)) this.#on.onFail("weak");
    else if (this.#isTrial && this.#pace.isAmple(now)) this.#on.onAmple();
  }

  #failed(hls, error) {
    if (hls !== this.#hls) return;
    if (error.type === globalThis.Hls.ErrorTypes.MEDIA_ERROR) {
      hls.recoverMediaError();
      return;
    }
    hls.destroy();
    this.#on.onLink("lost", RETRY_MS / 1000);
    this.#again(() => this.#startHls());
  }

  #again(start) {
    if (this.#isStopped) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(start, RETRY_MS);
  }
}
