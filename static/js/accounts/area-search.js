/*
 * <area-search> around a search box, its list of suggestions, and the boxes [data-names] for district, village
 * and regency. A chosen row fills them; until then they stay away, unless somebody wants to write them.
 */
import { markAfter } from "../kit/listbox.js";

class AreaSearch extends HTMLElement {
  connectedCallback() {
    this.box = this.querySelector("[role=combobox]");
    this.list = this.querySelector("[role=listbox]");
    this.names = this.querySelector("[data-names]");
    this.names.hidden = !("byHand" in this.dataset);
    this.hands = new AbortController();
    const on = (target, kind, act) => target.addEventListener(kind, act, { signal: this.hands.signal });
    on(this.box, "input", () => this.ask());
    on(this.box, "keydown", (event) => this.press(event));
    on(this.box, "blur", () => this.close());
    on(this.list, "pointerdown", (event) => event.preventDefault()); // the box keeps the focus
    on(this.list, "click", (event) => this.choose(event.target.closest("[role=option]")));
    on(this.list, "htmx:afterSwap", () => this.open());
    on(this.querySelector("button[data-by-hand]"), "click", () => this.writeByHand());
  }

  disconnectedCallback() {
    this.hands.abort();
  }

  get rows() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  ask() {
    // What was chosen before no longer stands in the box.
    this.fill({ village: "", district: "", regency: "" });
    if (this.box.value.trim().length < 3) return this.close();
    this.box.dispatchEvent(new CustomEvent("area:typed", { bubbles: true }));
  }

  open() {
    this.mark(-1);
    const isOpen = this.list.childElementCount > 0 && document.activeElement === this.box;
    this.list.hidden = !isOpen;
    this.box.setAttribute("aria-expanded", String(isOpen));
  }

  close() {
    this.list.hidden = true;
    this.box.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }

  press(event) {
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault(); // closes the list, not the sheet around it
      this.close();
    } else if (event.key === "Enter" && !this.list.hidden) {
      event.preventDefault();
      this.choose(this.rows[Math.max(this.marked, 0)]);
    } else if (event.key.startsWith("Arrow") && !this.list.hidden) {
      const next = markAfter(event.key, this.marked, this.rows.length);
      if (next !== this.marked) event.preventDefault();
      this.mark(next);
    }
  }

  mark(position) {
    this.marked = position;
    this.rows.forEach((row, at) => row.setAttribute("aria-selected", String(at === position)));
    const row = this.rows[position];
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.box.setAttribute("aria-activedescendant", row.id);
    else this.box.removeAttribute("aria-activedescendant");
  }

  choose(row) {
    if (!row) return;
    const { village, district, regency } = row.dataset;
    this.fill({ village, district, regency });
    this.box.value = [village, district, regency].filter(Boolean).join(", ");
    this.close();
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  fill(names) {
    for (const [name, value] of Object.entries(names)) this.names.querySelector(`[name=${name}]`).value = value;
  }

  writeByHand() {
    this.names.hidden = false;
    this.names.querySelector("[name=regency]").focus();
  }
}

if (!customElements.get("area-search")) customElements.define("area-search", AreaSearch);
