// What <live-say> shows beside its field: a refusal for some seconds, and until when one is silent. Its words stand in
// the element's data-text-… attributes.

const NOTE_MS = 6_000;

export class SayWords {
  #element;
  #timer = 0;

  constructor(element) {
    this.#element = element;
  }

  note(reason) {
    this.#place("note").textContent = this.#words(reason);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#place("note").textContent = ""), NOTE_MS);
  }

  forget() {
    clearTimeout(this.#timer);
  }

  /** Whether one may speak, as `SayState.at` says it. */
  show({ state, seconds, until }, input) {
    const { dataset } = this.#element;
    const isSilent = state === "muted" || state === "banned";
    const silence = isSilent ? this.#silence(state, until) : "";
    dataset.state = state;
    input.disabled = isSilent;
    input.placeholder = silence || dataset.textPlaceholder;
    const wait = state === "slow" ? dataset.textWait.replace("%s", seconds) : "";
    this.#place("wait").textContent = input.value && silence ? silence : wait;
  }

  #silence(state, until) {
    if (!until) return this.#words(state);
    const moment = new Date(until).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    return this.#element.dataset.textMutedUntil.replace("%s", moment);
  }

  #words(reason) {
    return this.#element.dataset[`text${reason[0].toUpperCase()}${reason.slice(1)}`] ?? "";
  }

  #place(name) {
    return this.#element.querySelector(`[data-${name}]`);
  }
}
