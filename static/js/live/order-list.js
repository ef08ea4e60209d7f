/**
 * <order-list> of boxes, each with a checkbox and two buttons `data-move="up|down"`. A form sends checked boxes
 * in the order in which they stand, so moving a box is all there is to it.
 */

class OrderList extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this);
    this.addEventListener("change", this);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
    this.removeEventListener("change", this);
  }

  handleEvent(event) {
    if (event.type === "change") this.#gather(event.target.closest(".pick"));
    else this.#move(event.target.closest("[data-move]"));
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
