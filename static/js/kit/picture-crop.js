/**
 * The upright middle of a picture: what a 9:16 room shows of a camera that may be wide.
 */

const ASPECT = 9 / 16;

/** The part to keep as `{x, y, width, height}`, on even pixels as the encoder needs it. */
export function uprightCrop(width, height) {
  const isTooWide = width / height > ASPECT;
  const kept = isTooWide ? { width: height * ASPECT, height } : { width, height: width / ASPECT };
  const size = { width: even(kept.width), height: even(kept.height) };
  return { x: even((width - size.width) / 2), y: even((height - size.height) / 2), ...size };
}

function even(length) {
  return Math.floor(length / 2) * 2;
}
