/**
 * <my-deals data-me="3f9c…" data-entered="12 15" hx-get="…" hx-trigger="refresh-mine">…</my-deals>
 *
 * What this person has won or taken part in. When the room hears of winners, those are told at once; who has
 * taken part without winning is told their place a little later, so that a full room does not ask all at once.
 */

const ASKING_PER_SECOND = 100;
const LONGEST_MS = 60_000;

class MyDeals extends HTMLElement {
  #abort = null;
  #timer = 0;
  #entered = new Set();

  connectedCallback() {
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    document.body.addEventListener("room:items", ({ detail }) => detail.items.forEach((item) => this.#happened(item)), options);
    document.body.addEventListener("room:turn", () => this.#ask(0), options);
    document.body.addEventListener("deals:entered", ({ detail }) => this.#entered.add(String(detail.id)), options);
    this.addEventListener("htmx:afterSwap", () => this.children.length && this.parentElement.scrollTo({ left: 0 }), options);
    // A prize may just have been taken on the sheet that closes.
    document.addEventListener("close", () => this.children.length && this.#ask(0), { ...options, capture: true });
    this.#entered = new Set(this.dataset.entered.split(" "));
  }

  disconnectedCallback() {
    this.#abort.abort();
    clearTimeout(this.#timer);
  }

  #happened({ kind, facts }) {
    if (kind !== "deal" || !facts?.winners) return;
    if (facts.winners.includes(this.dataset.me)) this.#ask(0);
    else if (facts.entrants && this.#entered.has(String(facts.id))) this.#ask(wait(facts.entrants));
  }

  #ask(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => globalThis.htmx?.trigger(this, "refresh-mine"), ms);
  }
}

function wait(entrants) {
  return Math.random() * Math.min(LONGEST_MS, (entrants / ASKING_PER_SECOND) * 1000);
}

customElements.define("my-deals", MyDeals);
