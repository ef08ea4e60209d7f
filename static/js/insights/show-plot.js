/**
 * <show-plot data-last="95">  the drawing of a show, with
 *   <svg>… <line data-cursor></svg>  <input type="range" data-scrub>
 *   <p data-readout hidden><b data-at></b><span data-values></span><a data-jump href="/live/CODE/">…</a></p>
 *   <table>… <tbody data-steps><tr data-from="SECONDS">…   the numbers, one row for each step
 *
 * Reads one moment out: the pointer over the drawing or the handle below it choose the step. The numbers are
 * those of the table, so that nothing is said twice.
 */

import { columnAt, middleOf } from "../kit/plot-columns.js";

let kept = null; // the step that was read before the page brought newer numbers

function figure(name, value) {
  const place = document.createElement("span");
  const [label, number] = ["small", "b"].map((tag) => document.createElement(tag));
  place.className = "show-plot__value";
  label.textContent = name;
  number.textContent = value;
  place.append(label, number);
  return place;
}

class ShowPlot extends HTMLElement {
  #abort = null;

  connectedCallback() {
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    const drawing = this.querySelector("svg");
    drawing.addEventListener("pointermove", (event) => this.#point(event), options);
    drawing.addEventListener("pointerdown", (event) => this.#point(event), options);
    this.#scrub.addEventListener("input", () => this.#read(Number(this.#scrub.value)), options);
    if (kept !== null) this.#read(Math.min(kept, this.#last));
  }

  disconnectedCallback() {
    this.#abort.abort();
  }

  get #scrub() {
    return this.querySelector("[data-scrub]");
  }

  get #last() {
    return Number(this.dataset.last);
  }

  #point(event) {
    const { left, width } = this.querySelector("svg").getBoundingClientRect();
    const step = columnAt((event.clientX - left) / width, this.#last + 1);
    this.#scrub.value = step;
    this.#read(step);
  }

  #read(step) {
    kept = step;
    const row = this.querySelectorAll("[data-steps] > tr")[step];
    if (!row) return;
    this.#moveCursor(step);
    const [at, ...values] = [...row.children].map((cell) => cell.textContent);
    const names = this.#names;
    this.querySelector("[data-at]").textContent = at;
    this.querySelector("[data-values]").replaceChildren(...values.map((value, place) => figure(names[place], value)));
    this.#scrub.setAttribute("aria-valuetext", `${at}: ${values.map((value, place) => `${names[place]} ${value}`).join(", ")}`);
    this.querySelector("[data-readout]").hidden = false;
    this.#jumpTo(row.dataset.from);
  }

  get #names() {
    return [...this.querySelectorAll("thead th")].slice(1).map((head) => head.textContent);
  }

  #moveCursor(step) {
    const cursor = this.querySelector("[data-cursor]");
    const x = `${middleOf(step, this.#last + 1)}%`;
    cursor.setAttribute("x1", x);
    cursor.setAttribute("x2", x);
    cursor.setAttribute("visibility", "visible");
  }

  #jumpTo(seconds) {
    const link = this.querySelector("[data-jump]");
    if (!link) return;
    const address = new URL(link.href);
    address.searchParams.set("t", seconds);
    link.href = address.href;
  }
}

customElements.define("show-plot", ShowPlot);
