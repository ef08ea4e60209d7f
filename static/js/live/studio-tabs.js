/**
 * <studio-tabs>
 *   <div role="tablist">…</div> <div role="tablist">…</div>
 * </studio-tabs>
 *
 * On a desktop every list shows one panel in its own column; on a phone all lists are one bar that shows one
 * panel in all. A panel that is not shown carries `data-away`. Says `tab:shown` {id} (bubbling).
 */

const WIDE = "(min-width: 64rem)";
const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

class StudioTabs extends HTMLElement {
  #abort = null;
  #wide = matchMedia(WIDE);
  #chosen = new Map();
  #newest = null;

  connectedCallback() {
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    for (const list of this.#lists) this.#chosen.set(list, list.querySelector('[aria-selected="true"]'));
    this.#newest ??= this.#chosen.get(this.#lists[0]);
    this.addEventListener("click", (event) => this.#clicked(event), options);
    this.addEventListener("keydown", (event) => this.#pressed(event), options);
    this.#wide.addEventListener("change", () => this.#show(), options);
    this.#show();
  }

  disconnectedCallback() {
    this.#abort.abort();
  }

  isShown(id) {
    return this.querySelector(`#${id}`)?.getAttribute("aria-selected") === "true";
  }

  choose(tab) {
    this.#chosen.set(tab.closest('[role="tablist"]'), tab);
    this.#newest = tab;
    this.#show();
    this.dispatchEvent(new CustomEvent("tab:shown", { detail: { id: tab.id }, bubbles: true }));
  }

  get #lists() {
    return [...this.querySelectorAll('[role="tablist"]')];
  }

  get #tabs() {
    return [...this.querySelectorAll('[role="tab"]')];
  }

  #isShown(tab) {
    return this.#wide.matches ? this.#chosen.get(tab.closest('[role="tablist"]')) === tab : this.#newest === tab;
  }

  #show() {
    for (const tab of this.#tabs) {
      const isShown = this.#isShown(tab);
      tab.setAttribute("aria-selected", String(isShown));
      tab.tabIndex = isShown ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).toggleAttribute("data-away", !isShown);
    }
  }

  #clicked(event) {
    const tab = event.target.closest('[role="tab"]');
    if (tab) this.choose(tab);
  }

  #pressed(event) {
    const tab = event.target.closest('[role="tab"]');
    if (!tab || !STEPS[event.key]) return;
    const among = this.#wide.matches ? [...tab.closest('[role="tablist"]').querySelectorAll('[role="tab"]')] : this.#tabs;
    const next = among[(among.indexOf(tab) + STEPS[event.key] + among.length) % among.length];
    this.choose(next);
    next.focus();
  }
}

customElements.define("studio-tabs", StudioTabs);
