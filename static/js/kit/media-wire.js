/**
 * The bytes on the two media sockets; livestream/media/wire.py is the other half.
 */

export const VIDEO = 1;
export const SOUND = 2;

export const INIT = 0;
export const FRAGMENT = 1;
export const KEY_FRAGMENT = 2;
export const STILL = 3;

const HEAD_BYTES = 18;
const FRAGMENT_HEAD_BYTES = 5;

/** Close codes after which trying again makes no sense. */
export const FINAL_CODES = new Map([
  [4400, "bad_input"],
  [4403, "foreign_origin"],
  [4404, "unknown_session"],
  [4409, "taken_over"],
  [4410, "ended"],
]);

/** One binary message out of records `{kind, isKey, timeUs, durationUs, payload}`. */
export function packRecords(records) {
  const size = records.reduce((sum, record) => sum + HEAD_BYTES + record.payload.byteLength, 0);
  const message = new Uint8Array(size);
  const view = new DataView(message.buffer);
  let position = 0;
  for (const record of records) {
    view.setUint8(position, record.kind);
    view.setUint8(position + 1, record.isKey ? 1 : 0);
    view.setBigInt64(position + 2, BigInt(Math.round(record.timeUs)));
    view.setUint32(position + 10, Math.max(0, Math.round(record.durationUs)));
    view.setUint32(position + 14, record.payload.byteLength);
    message.set(record.payload, position + HEAD_BYTES);
    position += HEAD_BYTES + record.payload.byteLength;
  }
  return message;
}

/** A viewer's binary message as `{kind, payload}`; a fragment has `sentAt`, seconds on the server's clock. */
export function unpackForViewer(buffer) {
  const view = new DataView(buffer);
  const kind = view.getUint8(0);
  if (kind === INIT || kind === STILL) return { kind, payload: new Uint8Array(buffer, 1) };
  return { kind, sentAt: view.getUint32(1) / 1000, payload: new Uint8Array(buffer, FRAGMENT_HEAD_BYTES) };
}

export function toHex(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A bare byte view of anything WebCodecs calls a description. */
export function bytesOf(description) {
  return ArrayBuffer.isView(description)
    ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength)
    : new Uint8Array(description);
}

/** The full socket address of a path of our own site. */
export function socketUrl(path, base) {
  const url = new URL(path, base);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
