/**
 * <chat-menu><dialog id="message-menu">… <button data-act="/live/CODE/bisukan/" data-minutes="5" data-done="%s dibisukan">…</dialog></chat-menu>
 *
 * What the crew may do with a message: opened by the button at the end of a line, by a right click or by a long
 * press on it. Every button acts at once; what follows from it (the line goes, the person is muted) comes back
 * from the room like for everyone. `data-answer` shows the form in which one answers.
 */

const PRESS_MS = 500;

class ChatMenu extends HTMLElement {
  #abort = null;
  #line = null;
  #press = 0;

  connectedCallback() {
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    document.addEventListener("click", (event) => event.target.closest("[data-line-menu]") && this.#open(event), options);
    document.addEventListener("contextmenu", (event) => this.#open(event), options);
    document.addEventListener("pointerdown", (event) => this.#pressed(event), options);
    for (const name of ["pointerup", "pointercancel", "pointermove"]) document.addEventListener(name, () => clearTimeout(this.#press), options);
    this.addEventListener("click", (event) => this.#clicked(event), options);
    this.#form.addEventListener("submit", (event) => this.#submit(event), options);
  }

  disconnectedCallback() {
    this.#abort.abort();
    clearTimeout(this.#press);
  }

  get #dialog() {
    return this.querySelector("dialog");
  }

  get #form() {
    return this.querySelector("form");
  }

  #pressed(event) {
    clearTimeout(this.#press);
    if (event.pointerType === "touch") this.#press = setTimeout(() => this.#open(event), PRESS_MS);
  }

  #open(event) {
    const line = event.target.closest("live-chat [data-seq]");
    if (!line || this.#dialog.open) return;
    event.preventDefault();
    this.#line = line;
    const said = this.#said();
    this.querySelector("[data-said-name]").textContent = said.name;
    this.querySelector("[data-said-text]").textContent = said.text;
    this.querySelector("[data-original]").hidden = !("masked" in line.dataset);
    for (const one of this.querySelectorAll("[data-of-viewers]")) one.hidden = line.className.includes("--seller");
    this.#form.hidden = true;
    this.#dialog.showModal();
  }

  #startAnswer() {
    this.#form.hidden = false;
    this.#form.elements.namedItem("text").focus();
  }

  async #submit(event) {
    event.preventDefault();
    const { text, save } = this.#form.elements;
    const fields = { seqs: this.#line.dataset.seq, text: text.value, ...(save.checked ? { save: "1" } : {}) };
    if (!(await act(this.#form.action, fields))) return;
    text.value = "";
    this.#dialog.close();
  }

  #said() {
    const [name, text] = ["name", "text"].map((part) => this.#line.querySelector(`[class$="__${part}"]`)?.textContent ?? "");
    return { seq: this.#line.dataset.seq, name, text };
  }

  async #clicked(event) {
    const button = event.target.closest('button[type="button"]');
    if (!button || !this.#line) return;
    const said = this.#said();
    if (button.dataset.original !== undefined) return this.#showOriginal(button.dataset.original.replace("/0/", `/${said.seq}/`));
    if (button.dataset.answer !== undefined) return this.#startAnswer();
    if (button.dataset.act) await this.#act(button, said);
    if (button.dataset.close === undefined) this.#dialog.close();
  }

  async #act({ dataset }, { seq, name }) {
    const fields = dataset.minutes ? { seq, minutes: dataset.minutes } : { seq };
    if (await act(dataset.act, fields)) tell("toast", { text: dataset.done.replace("%s", name), level: "success" });
  }

  async #showOriginal(address) {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (answer.ok) this.querySelector("[data-said-text]").textContent = (await answer.json()).text;
  }
}

/** Post to one of the crew's addresses; says itself when that did not work. */
export async function act(address, fields = {}) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  const headers = { Accept: "application/json", "X-CSRFToken": token };
  let text = document.body.dataset.textFailed;
  try {
    const answer = await fetch(address, { method: "POST", body, headers });
    if (answer.ok) return true;
    if ([409, 422].includes(answer.status)) text = (await answer.json()).text;
  } catch {
    // said below
  }
  tell("toast", { text, level: "error" });
  return false;
}

function tell(name, detail) {
  document.body.dispatchEvent(new CustomEvent(name, { detail }));
}

customElements.define("chat-menu", ChatMenu);
