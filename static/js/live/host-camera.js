/**
 * The camera and microphone of a show: opened, changed, muted. Tells through callbacks:
 *   onStream(stream, isMirrored)   this is what is seen and heard from now on
 *   onEnded()                      something else has taken the camera
 */

import { countCameras, openCamera } from "./camera.js";

export class HostCamera {
  #on;
  #facing = "user";
  stream = null;

  constructor(callbacks) {
    this.#on = callbacks;
  }

  async open(facing = this.#facing) {
    this.stream = await openCamera(facing);
    this.#facing = facing;
    for (const track of this.stream.getVideoTracks()) track.onended = () => this.#on.onEnded();
    this.#on.onStream(this.stream, facing === "user"); // as in a mirror, but only oneself
  }

  /** Phones give one camera at a time, so the first is let go. */
  async switch() {
    this.close();
    await this.open(this.#facing === "user" ? "environment" : "user");
  }

  get isMuted() {
    return this.stream?.getAudioTracks()[0]?.enabled === false;
  }

  mute(isMuted) {
    for (const track of this.stream?.getAudioTracks() ?? []) track.enabled = !isMuted;
  }

  async hasSeveral() {
    return (await countCameras()) > 1;
  }

  close() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
  }
}

/** The seller sees themselves; a stream that nobody plays gives no pictures, so one plays in any case. */
export function showPreview(video, stream, isMirrored) {
  const preview = video ?? document.createElement("video");
  preview.srcObject = stream;
  preview.parentElement?.toggleAttribute("data-mirrored", isMirrored);
  preview.play().catch(() => {});
}
