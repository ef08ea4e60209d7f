/**
 * <goods-order> around the products of the studio: dragging one by its handle presses its hidden button
 * `data-drop`, whose value is how many places it moves. The server answers with the new order.
 */

import { DragList } from "./drag-list.js";

class GoodsOrder extends HTMLElement {
  #abort = null;

  connectedCallback() {
    this.#abort = new AbortController();
    const onDrop = (box, from, to) => this.#moved(box, to - from);
    new DragList(this, { boxes: "[data-product]", onDrop }, this.#abort.signal);
  }

  disconnectedCallback() {
    this.#abort.abort();
  }

  #moved(box, steps) {
    const button = box.querySelector("[data-drop]");
    button.value = steps;
    button.click();
  }
}

customElements.define("goods-order", GoodsOrder);
