/**
 * For browsers that cannot give single frames: whole pieces of WebM, or of MP4 as the last resort
 * (a browser that records MP4 lets go of a piece only every second or later).
 */

const FORMS = [
  ["webm", "video/webm;codecs=h264,opus"],
  ["webm", "video/webm;codecs=avc1.42E01F,opus"],
  ["mp4", "video/mp4;codecs=avc1.42E01F,mp4a.40.2"],
  ["mp4", "video/mp4;codecs=avc1.42E01F,opus"],
];
const PIECE_MS = 100;
const SIZE = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 25 } };

/** `{form, mime}` this browser can record H.264 with, or null. */
export function containerForm() {
  if (!globalThis.MediaRecorder) return null;
  const found = FORMS.find(([, mime]) => MediaRecorder.isTypeSupported(mime));
  return found ? { form: found[0], mime: found[1] } : null;
}

export class ContainerSource {
  countsFrames = false;
  isSkipping = false;
  halvesFps = false;
  framesSent = 0;

  #mime;
  #kbps;
  #on;
  #stream = null;
  #recorder = null;

  constructor({ form, mime }, { kbps, onPiece, onError }) {
    this.form = form;
    this.#mime = mime;
    this.#kbps = kbps;
    this.#on = { onPiece, onError };
  }

  use(stream) {
    for (const track of stream.getVideoTracks()) track.applyConstraints(SIZE).catch(() => {});
    const wasRecording = Boolean(this.#recorder);
    this.pause();
    this.#stream = stream;
    if (wasRecording) this.resume();
  }

  /** Every connection needs a container from its beginning. */
  resume() {
    const recorder = new MediaRecorder(this.#stream, {
      mimeType: this.#mime,
      videoBitsPerSecond: this.#kbps * 1000,
      audioBitsPerSecond: 48_000,
      videoKeyFrameIntervalDuration: 1000,
    });
    recorder.ondataavailable = ({ data }) => recorder === this.#recorder && data.size && this.#on.onPiece(data);
    recorder.onerror = ({ error }) => this.#on.onError(error);
    this.#recorder = recorder;
    recorder.start(PIECE_MS);
  }

  pause() {
    const recorder = this.#recorder;
    this.#recorder = null;
    if (recorder && recorder.state !== "inactive") recorder.stop();
  }

  /** A recorder takes the camera as it is. */
  cover(bitmap) {
    return !bitmap;
  }

  setKbps() {} // a recorder keeps the rate it began with

  stop() {
    this.pause();
  }
}
