/**
 * <order-list> of boxes, each with a checkbox, two buttons `data-move="up|down"` and a handle to drag it by. A form
 * sends checked boxes in the order in which they stand, so moving a box is all there is to it.
 */

import { DragList } from "./drag-list.js";

class OrderList extends HTMLElement {
  #abort = null;

  connectedCallback() {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.addEventListener("click", (event) => this.#move(event.target.closest("[data-move]")), { signal });
    this.addEventListener("change", (event) => this.#gather(event.target.closest(".pick")), { signal });
    new DragList(this, { boxes: ".pick", onDrop: (box, from, to) => this.#drop(box, from, to) }, signal);
  }

  disconnectedCallback() {
    this.#abort.abort();
  }

  #drop(box, from, to) {
    const there = this.children[to];
    if (to < from) there.before(box);
    else there.after(box);
  }

  /** A box that was just chosen joins the end of the chosen ones. */
  #gather(box) {
    if (!box?.querySelector(":checked")) return;
    const others = [...this.children].filter((other) => other !== box && other.querySelector(":checked"));
    const last = others.at(-1);
    if (last && last.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING) last.after(box);
  }

  #move(button) {
    if (!button) return;
    const box = button.closest(".pick");
    if (button.dataset.move === "up") box.previousElementSibling?.before(box);
    else box.nextElementSibling?.after(box);
    button.focus();
  }
}

customElements.define("order-list", OrderList);
