// A form with photos: previews, a progress bar, and the chosen files kept when the form comes back.

import { left } from "../kit/upload-clock.js";

const MEGABYTE = 1e6;

// What cannot be shown is no picture; the server will say so in words.
function glimpse(address) {
  const image = Object.assign(new Image(), { src: address, alt: "" });
  image.addEventListener("error", () => image.remove(), { once: true });
  return image;
}

class UploadForm extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", this);
    this.addEventListener("change", this);
    this.addEventListener("dragover", this);
    this.addEventListener("dragleave", this);
    this.addEventListener("drop", this);
  }

  disconnectedCallback() {
    this.request?.abort();
    this.forgetPreviews();
  }

  handleEvent(event) {
    const drop = event.target.closest("[data-drop]");
    if (event.type === "submit" && event.target.matches("[enctype]")) this.send(event);
    else if (event.type === "change" && event.target.type === "file") this.look(event.target);
    else if (drop && event.type !== "submit" && event.type !== "change") this.drag(event, drop);
  }

  drag(event, drop) {
    event.preventDefault();
    drop.toggleAttribute("data-over", event.type === "dragover");
    if (event.type !== "drop" || !event.dataTransfer.files.length) return;
    const input = drop.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    this.look(input);
  }

  // Says at once what the server would refuse, and shows what was chosen.
  look(input) {
    const drop = input.closest("[data-drop]");
    const tooLarge = [...input.files].filter((file) => file.size > Number(this.dataset.mostBytes));
    this.complain(drop, tooLarge.map((file) => this.dataset.textTooLarge.replace("{name}", file.name)));
    if (tooLarge.length) input.value = "";
    this.preview(drop, input.files);
  }

  preview(drop, files) {
    this.forgetPreviews();
    this.previews = [...files].map((file) => URL.createObjectURL(file));
    drop.querySelector("[data-previews]").replaceChildren(...this.previews.map(glimpse));
  }

  forgetPreviews() {
    this.previews?.forEach((address) => URL.revokeObjectURL(address));
    this.previews = [];
  }

  complain(drop, sentences) {
    drop.querySelector("[data-upload-errors]").replaceChildren(
      ...sentences.map((text) => Object.assign(document.createElement("li"), { textContent: text })),
    );
  }

  send(event) {
    event.preventDefault();
    const form = event.target;
    if (this.request) return;
    const request = (this.request = new XMLHttpRequest());
    const began = performance.now();
    request.open("POST", form.action);
    request.setRequestHeader("HX-Request", "true");
    request.upload.addEventListener("progress", (step) => this.advance(form, step, performance.now() - began));
    request.addEventListener("loadend", () => this.arrive(form, request));
    request.send(new FormData(form));
    form.querySelector("button[type=submit]").disabled = true;
  }

  advance(form, { loaded, total }, milliseconds) {
    const bar = form.querySelector("[data-upload-progress]");
    bar.hidden = false;
    bar.querySelector("progress").value = (loaded / total) * 100;
    bar.querySelector("span").textContent =
      loaded === total ? this.dataset.textProcessing : this.progressText(loaded, total, milliseconds);
  }

  progressText(loaded, total, milliseconds) {
    const shown = (bytes) => (bytes / MEGABYTE).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
    return this.dataset.textProgress
      .replace("{done}", shown(loaded))
      .replace("{all}", shown(total))
      .replace("{rest}", left(loaded, total, milliseconds));
  }

  arrive(form, request) {
    this.request = null;
    form.querySelector("button[type=submit]").disabled = false;
    const elsewhere = request.getResponseHeader("HX-Redirect");
    if (elsewhere) window.location.assign(elsewhere);
    else if (request.status === 200 || request.status === 422) this.swap(form, request.responseText, request.status);
    else this.fail(form, request.status);
  }

  fail(form, status) {
    form.querySelector("[data-upload-progress]").hidden = true;
    const text = status === 413 ? this.dataset.textTooLarge.replace("{name}", "") : this.dataset.textFailed;
    this.complain(form.querySelector("[data-drop]"), [text]);
  }

  swap(form, html, status) {
    const files = form.querySelector("input[type=file]").files;
    const fresh = document.createRange().createContextualFragment(html).querySelector(this.dataset.target);
    this.querySelector(this.dataset.target).replaceWith(fresh);
    window.htmx.process(fresh);
    const input = fresh.querySelector("input[type=file]");
    if (status === 422 && input && files.length) {
      input.files = files;
      this.preview(input.closest("[data-drop]"), files);
    }
    fresh.querySelector("[data-error-summary]")?.focus();
  }
}

customElements.define("upload-form", UploadForm);
