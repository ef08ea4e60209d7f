/**
 * Dragging boxes into another order, by mouse or finger, at a handle `data-grip` in each box.
 *
 *   new DragList(list, { boxes: ".pick", onDrop(box, from, to) {} }, signal)
 *
 * While it is dragged the box follows the pointer and its neighbours make room; nothing in the page changes
 * its place until it is let go. Escape puts it back. Keys and screen readers have buttons for the same.
 */

import { placeAt, shifts } from "../kit/drag-order.js";

const EDGE_PX = 72; // from here on the page moves along
const PACE_PX = 9;

export class DragList {
  #list;
  #boxes;
  #onDrop;
  #drag = null;

  constructor(list, { boxes, onDrop }, signal) {
    this.#list = list;
    this.#boxes = boxes;
    this.#onDrop = onDrop;
    list.addEventListener("pointerdown", (event) => this.#take(event), { signal });
    for (const name of ["pointermove", "pointerup", "pointercancel"]) addEventListener(name, (event) => this.#follow(event), { signal });
    addEventListener("keydown", ({ key }) => key === "Escape" && this.#let(false), { signal });
    signal.addEventListener("abort", () => this.#let(false));
  }

  #take(event) {
    const box = event.target.closest("[data-grip]")?.closest(this.#boxes);
    if (!box || event.button !== 0 || this.#drag) return;
    event.preventDefault();
    const boxes = [...this.#list.querySelectorAll(this.#boxes)];
    const places = boxes.map((each) => each.getBoundingClientRect());
    const from = boxes.indexOf(box);
    const gap = places.length > 1 ? places[1].top - places[0].bottom : 0;
    const scroller = scrollerOf(this.#list);
    const zero = scroller.scrollTop;
    const middles = places.map(({ top, height }) => top + height / 2 + zero);
    this.#drag = { id: event.pointerId, box, boxes, from, to: from, middles, step: places[from].height + gap, scroller, zero, startY: event.clientY, y: event.clientY };
    this.#list.setAttribute("data-dragging", "");
    box.setAttribute("data-dragged", "");
    this.#drag.frame = requestAnimationFrame(() => this.#step());
  }

  #follow(event) {
    if (event.pointerId !== this.#drag?.id) return;
    if (event.type === "pointermove") this.#drag.y = event.clientY;
    else this.#let(event.type === "pointerup");
  }

  /** Once a frame: the page moves along at its edges, the box follows, its neighbours make room. */
  #step() {
    const drag = this.#drag;
    if (!drag) return;
    const below = drag.y - (innerHeight - EDGE_PX);
    if (drag.y < EDGE_PX || below > 0) drag.scroller.scrollTop += drag.y < EDGE_PX ? -PACE_PX : PACE_PX;
    const moved = drag.y - drag.startY + drag.scroller.scrollTop - drag.zero;
    drag.to = placeAt(drag.middles[drag.from] + moved, drag.middles, drag.from);
    const room = shifts(drag.boxes.length, drag.from, drag.to, drag.step);
    drag.boxes.forEach((box, place) => (box.style.transform = `translateY(${box === drag.box ? moved : room[place]}px)`));
    drag.frame = requestAnimationFrame(() => this.#step());
  }

  #let(isMeant) {
    const drag = this.#drag;
    if (!drag) return;
    this.#drag = null;
    cancelAnimationFrame(drag.frame);
    for (const box of drag.boxes) box.style.transform = "";
    drag.box.removeAttribute("data-dragged");
    this.#list.removeAttribute("data-dragging");
    if (isMeant && drag.to !== drag.from) this.#onDrop(drag.box, drag.from, drag.to);
  }
}

/** What scrolls when the list does not fit. */
function scrollerOf(element) {
  for (let box = element.parentElement; box; box = box.parentElement) {
    if (box.scrollHeight > box.clientHeight && /auto|scroll/.test(getComputedStyle(box).overflowY)) return box;
  }
  return document.scrollingElement;
}
