/**
 * The best way this browser has to code pictures and sound; null when it cannot code H.264 at all.
 */

import { packRecords } from "../kit/media-wire.js";
import { ContainerSource, containerForm } from "./container-source.js";
import { FrameSource, frameCodec } from "./frame-source.js";

export async function canPublish() {
  return Boolean((await frameCodec()) ?? containerForm());
}

/** `uplink()` is asked each time, because it is made after the source. */
export async function makeSource({ kbps, uplink, onError }) {
  const codec = await frameCodec();
  if (codec) {
    return new FrameSource(codec, {
      kbps,
      onConfig: ({ video, audio }) => uplink()?.sendText({ type: "config", video, audio }),
      onRecords: (records) => uplink()?.send(packRecords(records)),
      onError,
    });
  }
  const form = containerForm();
  return form && new ContainerSource(form, { kbps, onPiece: (piece) => uplink()?.send(piece), onError });
}
