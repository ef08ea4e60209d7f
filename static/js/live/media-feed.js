/**
 * A video element fed with pieces: one MediaSource with one buffer, one append after the other.
 *   onAppended(note)  a piece is in; `note` is what came with it
 *   onBroken()        the element does not take any more: begin anew
 */

import { rangesOf } from "../kit/buffer-control.js";

const KEEP_BEHIND_S = 20;

export class MediaFeed {
  #video;
  #on;
  #media = null;
  #buffer = null;
  #mime = "";
  #queue = [];
  #note = null;

  constructor(video, { onAppended, onBroken }) {
    this.#video = video;
    this.#on = { onAppended, onBroken };
  }

  get isOpen() {
    return Boolean(this.#media);
  }

  /** What can be played, as pairs in order; nothing while the buffer is not there yet. */
  get ranges() {
    return this.#buffer ? rangesOf(this.#video.buffered) : [];
  }

  /** Pieces of this type follow; false when the element cannot play them. */
  begin(mime) {
    if (!MediaSource.isTypeSupported(mime)) return false;
    if (!this.#media || this.#media.readyState === "ended") this.#open(mime);
    else if (mime !== this.#mime) this.#queue.push({ changeTo: mime });
    this.#mime = mime;
    return true;
  }

  add(payload, note = null) {
    this.#queue.push({ payload, note });
    this.#pump();
  }

  reset() {
    this.#queue = [];
    this.#buffer = null;
    if (!this.#media) return;
    this.#media = null;
    this.#video.removeAttribute("src");
    this.#video.load();
  }

  #open(mime) {
    this.reset();
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

  #pump() {
    if (!this.#buffer || this.#buffer.updating || !this.#queue.length) return;
    const { payload, note, changeTo } = this.#queue.shift();
    try {
      if (changeTo) this.#buffer.changeType(changeTo);
      else this.#buffer.appendBuffer(payload);
    } catch {
      this.#on.onBroken();
      return;
    }
    this.#note = note;
    if (changeTo) this.#pump();
  }

  #appended() {
    if (!this.#buffer) return;
    const note = this.#note;
    this.#note = null;
    if (note) this.#on.onAppended(note);
    if (!this.#buffer || this.#buffer.updating) return;
    const { buffered } = this.#buffer;
    const tooOld = this.#video.currentTime - KEEP_BEHIND_S;
    if (buffered.length && buffered.start(0) < tooOld - KEEP_BEHIND_S) this.#buffer.remove(0, tooOld);
    else this.#pump();
  }
}
