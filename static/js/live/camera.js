/**
 * The seller's camera and microphone. `open` answers `{stream, facing}` or throws CameraProblem with
 * `denied`, `in_use` or `none`. A missing microphone is no reason not to show pictures.
 */

const VIDEO = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 25, max: 30 } };
const AUDIO = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const KINDS = { NotAllowedError: "denied", SecurityError: "denied", NotReadableError: "in_use", AbortError: "in_use" };

export class CameraProblem extends Error {
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

export async function openCamera(facing = "user") {
  if (!navigator.mediaDevices) throw new CameraProblem("none");
  const video = { ...VIDEO, facingMode: facing };
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: AUDIO });
  } catch (problem) {
    if (problem.name !== "NotFoundError") throw new CameraProblem(KINDS[problem.name] ?? "none");
  }
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: false });
  } catch (problem) {
    throw new CameraProblem(KINDS[problem.name] ?? "none");
  }
}

export async function countCameras() {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter((device) => device.kind === "videoinput").length;
}

/** Keeps the screen on while live; quietly does nothing where that is not possible. */
export class WakeLock {
  #lock = null;
  #isWanted = false;

  async hold() {
    this.#isWanted = true;
    try {
      this.#lock = await navigator.wakeLock?.request("screen");
    } catch {
      this.#lock = null;
    }
  }

  /** The system drops the lock when the page is hidden. */
  async renew() {
    if (this.#isWanted && document.visibilityState === "visible") await this.hold();
  }

  async release() {
    this.#isWanted = false;
    await this.#lock?.release();
    this.#lock = null;
  }
}
