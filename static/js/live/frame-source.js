/**
 * Codes camera and microphone picture by picture with WebCodecs: H.264 and Opus.
 *   onConfig(config)    how the records that follow are coded
 *   onRecords(records)  a picture with the sound of the moments before it; the last record has `isKey`
 */

import { SOUND, VIDEO, bytesOf, toHex } from "../kit/media-wire.js";
import { TrackClock } from "../kit/track-clock.js";
import { uprightCrop } from "../kit/picture-crop.js";
import { PictureLayer } from "./picture-layer.js";

export const WIDTH = 360;
export const HEIGHT = 640;
export const FPS = 25;

const KEY_EVERY_US = 1_000_000;
const CODECS = ["avc1.42E01F", "avc1.42E01E", "avc1.4D401F"];
const SOUND_WAITS_MS = 250;
const MAX_QUEUED = 3;
const STILL_AFTER_MS = 900;
const STILL_EVERY_MS = 500;

function videoConfig(codec, kbps) {
  const config = { codec, width: WIDTH, height: HEIGHT, framerate: FPS, bitrate: kbps * 1000 };
  return { ...config, latencyMode: "realtime", avc: { format: "avc" } };
}

/** The codec this browser can send single frames with, or null. */
export async function frameCodec() {
  if (!globalThis.VideoEncoder || !globalThis.AudioEncoder || !globalThis.MediaStreamTrackProcessor) return null;
  for (const codec of CODECS) {
    const { supported } = await VideoEncoder.isConfigSupported(videoConfig(codec, 700));
    if (supported) return codec;
  }
  return null;
}

export class FrameSource {
  form = "frames";
  countsFrames = true;
  isSkipping = false; // set by whoever watches the network
  halvesFps = false;
  framesSent = 0;

  #codec;
  #kbps;
  #on;
  #encoders = {};
  #clocks = { video: new TrackClock(), audio: new TrackClock() };
  #readers = new Set();
  #pendingSound = [];
  #config = { video: null, audio: null };
  #wantsKey = true;
  #keyAtUs = 0;
  #count = 0;
  #isPaused = true;
  #still = { frame: null, at: 0, timer: 0 };
  #layer = null;

  constructor(codec, { kbps, onConfig, onRecords, onError }) {
    this.#codec = codec;
    this.#kbps = kbps;
    this.#on = { onConfig, onRecords, onError };
  }

  /** Read from these tracks from now on; the coded stream goes on without a break. */
  use(stream) {
    for (const reader of this.#readers) reader.cancel();
    this.#readers.clear();
    this.#clocks = { video: new TrackClock(), audio: new TrackClock() };
    const [video] = stream.getVideoTracks();
    const [audio] = stream.getAudioTracks();
    this.#read(video, (frame) => this.#codePicture(frame));
    if (audio) this.#read(audio, (block) => this.#codeSound(block));
    else this.#config.audio = null;
    this.#wantsKey = true;
    clearInterval(this.#still.timer);
    this.#still.timer = setInterval(() => this.#repeatStill(), STILL_EVERY_MS);
  }

  /** Somebody listens: begin with a key picture and the config. */
  resume() {
    this.#isPaused = false;
    this.#wantsKey = true;
    this.#pendingSound = [];
    if (this.#config.video) this.#on.onConfig(this.#config);
  }

  pause() {
    this.#isPaused = true;
  }

  /** Whether this bitmap lies over the picture from now on; none when it is null. */
  cover(bitmap) {
    this.#layer = bitmap && new PictureLayer(bitmap, { width: WIDTH, height: HEIGHT });
    return true;
  }

  setKbps(kbps) {
    if (kbps === this.#kbps) return;
    this.#kbps = kbps;
    if (this.#encoders.video?.state === "configured") this.#encoders.video.configure(videoConfig(this.#codec, kbps));
  }

  stop() {
    this.pause();
    clearInterval(this.#still.timer);
    this.#still.frame?.close();
    this.#still.frame = null;
    for (const reader of this.#readers) reader.cancel();
    this.#readers.clear();
    for (const encoder of Object.values(this.#encoders)) if (encoder.state !== "closed") encoder.close();
    this.#encoders = {};
  }

  async #read(track, take) {
    const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
    this.#readers.add(reader);
    for (;;) {
      const { done, value } = await reader.read();
      if (done || !this.#readers.has(reader)) {
        value?.close();
        return;
      }
      try {
        if (!this.#isPaused) take(value);
      } catch (problem) {
        this.#on.onError(problem);
      } finally {
        value.close();
      }
    }
  }

  /** A phone stops the camera of a hidden page; viewers keep the last picture and the sound. */
  #repeatStill() {
    const elapsedMs = performance.now() - this.#still.at;
    if (this.#isPaused || !this.#still.frame || elapsedMs < STILL_AFTER_MS) return;
    const timestamp = this.#still.frame.timestamp + Math.round(elapsedMs * 1000);
    const again = new VideoFrame(this.#still.frame, { timestamp });
    const encoder = this.#videoEncoder();
    encoder.encode(again, { keyFrame: true });
    again.close();
  }

  #keepStill(frame) {
    this.#still.frame?.close();
    this.#still.frame = frame;
    this.#still.at = performance.now();
  }

  #codePicture(frame) {
    this.#clocks.video.observe(frame.timestamp, performance.now());
    this.#count += 1;
    if (this.isSkipping || (this.halvesFps && this.#count % 2)) return;
    const encoder = this.#videoEncoder();
    if (encoder.encodeQueueSize > MAX_QUEUED) return;
    const keyFrame = this.#wantsKey || Math.abs(frame.timestamp - this.#keyAtUs) >= KEY_EVERY_US - 5000;
    if (keyFrame) this.#keyAtUs = frame.timestamp;
    this.#wantsKey = false;
    const upright = this.#upright(frame);
    encoder.encode(upright, { keyFrame });
    this.#keepStill(upright);
  }

  #upright(frame) {
    const crop = uprightCrop(frame.displayWidth, frame.displayHeight);
    return this.#layer?.over(frame, crop) ?? new VideoFrame(frame, { visibleRect: crop, displayWidth: WIDTH, displayHeight: HEIGHT });
  }

  #codeSound(block) {
    this.#clocks.audio.observe(block.timestamp, performance.now());
    this.#soundEncoder(block).encode(block);
  }

  #videoEncoder() {
    if (this.#encoders.video?.state === "configured") return this.#encoders.video;
    this.#wantsKey = true;
    const encoder = new VideoEncoder({
      output: (chunk, about) => this.#picture(chunk, about),
      error: (problem) => this.#on.onError(problem),
    });
    encoder.configure(videoConfig(this.#codec, this.#kbps));
    this.#encoders.video = encoder;
    return encoder;
  }

  #soundEncoder(block) {
    if (this.#encoders.audio?.state === "configured") return this.#encoders.audio;
    const config = { codec: "opus", sampleRate: block.sampleRate, numberOfChannels: Math.min(2, block.numberOfChannels), bitrate: 48_000 };
    const encoder = new AudioEncoder({
      output: (chunk) => this.#sound(chunk),
      error: (problem) => this.#on.onError(problem),
    });
    encoder.configure(config);
    this.#config.audio = { codec: "opus", rate: 48_000, channels: config.numberOfChannels };
    if (this.#config.video) this.#on.onConfig(this.#config);
    this.#encoders.audio = encoder;
    return encoder;
  }

  #picture(chunk, about) {
    const description = about?.decoderConfig?.description;
    if (description) this.#describe(toHex(bytesOf(description)));
    const record = this.#record(VIDEO, chunk, this.#clocks.video);
    const records = [...this.#pendingSound, record];
    this.#pendingSound = [];
    this.framesSent += 1;
    this.#on.onRecords(records);
  }

  #describe(description) {
    if (this.#config.video?.description === description) return;
    this.#config.video = { width: WIDTH, height: HEIGHT, description };
    this.#on.onConfig(this.#config);
  }

  /** Sound travels with the next picture; when there is none for long, it goes alone. */
  #sound(chunk) {
    this.#pendingSound.push(this.#record(SOUND, chunk, this.#clocks.audio));
    const [first] = this.#pendingSound;
    if (performance.now() - first.timeUs / 1000 < SOUND_WAITS_MS) return;
    if (this.#config.video) this.#on.onRecords(this.#pendingSound);
    this.#pendingSound = [];
  }

  #record(kind, chunk, clock) {
    const payload = new Uint8Array(chunk.byteLength);
    chunk.copyTo(payload);
    const timeUs = clock.toPage(chunk.timestamp);
    return { kind, isKey: chunk.type === "key", timeUs, durationUs: chunk.duration ?? 0, payload };
  }
}
