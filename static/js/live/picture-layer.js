/**
 * A small picture that lies over what the camera sees, in the lower right corner: the left one is where chats lie, and
 * a phone that is longer than the picture cuts a little off its sides.
 */

const FROM_SIDE = 30;
const FROM_BOTTOM = 24;

export class PictureLayer {
  #size;
  #bitmap;
  #canvas;

  /** `bitmap` is drawn as it is, pixel for pixel. */
  constructor(bitmap, size) {
    this.#size = size;
    this.#bitmap = bitmap;
    this.#canvas = new OffscreenCanvas(size.width, size.height).getContext("2d", { alpha: false });
  }

  /** The part `{x, y, width, height}` of a camera's frame with the layer on it, as a new frame. */
  over(frame, { x, y, width, height }) {
    const { width: across, height: down } = this.#size;
    this.#canvas.drawImage(frame, x, y, width, height, 0, 0, across, down);
    this.#canvas.drawImage(this.#bitmap, across - this.#bitmap.width - FROM_SIDE, down - this.#bitmap.height - FROM_BOTTOM);
    return new VideoFrame(this.#canvas.canvas, { timestamp: frame.timestamp, ...(frame.duration && { duration: frame.duration }) });
  }
}

export async function bitmapAt(url) {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`no picture: ${answer.status}`);
  return createImageBitmap(await answer.blob());
}
