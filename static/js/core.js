// What every page can do: sheets, toasts, sharing, copying, the network banner, the lamp.

const root = document.documentElement;
const body = document.body;
const say = body.dataset;

root.dataset.script = "";

// ---- toasts -------------------------------------------------------------------------------------

function toast(text, level = "info") {
  const shelf = document.querySelector("[data-toasts]");
  const note = document.createElement("div");
  note.className = `toast toast--${level}`;
  const line = document.createElement("p");
  line.textContent = text;
  note.append(line);
  if (level === "error") note.append(closeMark());
  shelf.append(note);
}

function closeMark() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "toast__close";
  button.dataset.dismiss = "";
  button.setAttribute("aria-label", say.textClose);
  button.textContent = "×";
  return button;
}

// htmx turns `HX-Trigger: {"toast": {…}}` into this event; modules may send it themselves.
body.addEventListener("toast", (event) => toast(event.detail.text, event.detail.level));
body.addEventListener("animationend", (event) => {
  if (event.animationName === "toast") event.target.remove();
});
body.addEventListener("htmx:sendError", () => toast(say.textFailed, "error"));
body.addEventListener("htmx:timeout", () => toast(say.textFailed, "error"));
body.addEventListener("htmx:responseError", (event) => {
  if (!event.detail.xhr.getResponseHeader("HX-Redirect")) toast(say.textFailed, "error");
});

// ---- sheets -------------------------------------------------------------------------------------

function openSheet(sheet, opener) {
  if (sheet.open) return;
  if (opener.hasAttribute("hx-get")) {
    const skeleton = document.getElementById("sheet-skeleton");
    const place = sheet.querySelector(".sheet__body");
    if (skeleton && place) place.replaceChildren(skeleton.content.cloneNode(true));
  }
  const title = opener.dataset.sheetTitle;
  if (title) sheet.querySelector(".sheet__title").textContent = title;
  sheet.showModal();
  sheet.addEventListener("close", () => opener.isConnected && opener.focus(), { once: true });
}

function isOutside(sheet, event) {
  const box = sheet.getBoundingClientRect();
  const { clientX: x, clientY: y } = event;
  return y < box.top || y > box.bottom || x < box.left || x > box.right;
}

// After a refused form the summary gets the focus, whatever part of the page was swapped.
body.addEventListener("htmx:afterSettle", (event) => {
  event.target.querySelector?.("[data-error-summary]")?.focus();
});

// ---- clicks: one listener, so that swapped-in markup works as well --------------------------------

const actions = {
  sheet(element, event) {
    const sheet = document.getElementById(element.dataset.sheet);
    // Without htmx there is nothing to fill the sheet with: then the link leads to its page.
    if (!sheet?.showModal || (element.hasAttribute("hx-get") && !window.htmx)) return;
    event.preventDefault();
    openSheet(sheet, element);
  },
  close: (element) => element.closest("dialog").close(),
  step(element) {
    const input = element.closest("[data-stepper]").querySelector("input");
    if (element.dataset.step.startsWith("-")) input.stepDown();
    else input.stepUp();
    for (const name of ["input", "change"]) input.dispatchEvent(new Event(name, { bubbles: true }));
  },
  dismiss: (element) => element.closest(".toast").remove(),
  async copy(element) {
    await navigator.clipboard.writeText(element.dataset.copy);
    toast(element.dataset.copied ?? say.textCopied, "success");
  },
};

document.addEventListener("click", (event) => {
  if (event.target instanceof HTMLDialogElement && isOutside(event.target, event)) return event.target.close();
  for (const [name, act] of Object.entries(actions)) {
    const element = event.target.closest(`[data-${name}]`);
    if (element) return act(element, event);
  }
  share(event);
}, { capture: true });

// ---- sharing: the phone's own sheet when there is one, else the list that is in the page ---------

function share(event) {
  const box = event.target.closest("summary")?.closest("[data-share]");
  if (!box || !navigator.share || !matchMedia("(pointer: coarse)").matches) return;
  event.preventDefault();
  navigator.share({ text: box.dataset.text, url: box.dataset.url }).catch(() => undefined);
}

// ---- network ------------------------------------------------------------------------------------

const banner = document.querySelector("[data-network]");

addEventListener("offline", () => {
  banner.textContent = say.textOffline;
  banner.hidden = false;
});
addEventListener("online", () => {
  if (!banner.hidden) toast(say.textOnline, "success");
  banner.hidden = true;
});

// ---- day and night without a reload; the form does the same without this module ------------------

function wear(theme) {
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  for (const option of document.querySelectorAll("[data-theme-form] [name=theme]")) {
    option.setAttribute("aria-pressed", String(option.value === theme));
  }
  relabelLamp();
}

function isNight() {
  return root.dataset.theme ? root.dataset.theme === "night" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function relabelLamp() {
  const lamp = document.querySelector("[data-lamp] button");
  if (!lamp) return;
  lamp.value = isNight() ? "day" : "night";
  lamp.setAttribute("aria-label", isNight() ? lamp.dataset.labelNight : lamp.dataset.labelDay);
}

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!event.target.matches("[data-lamp], [data-theme-form]") || button?.name !== "theme") return;
  event.preventDefault();
  const wanted = new FormData(event.target, button);
  wear(button.value);
  fetch(event.target.action, { method: "POST", body: wanted, redirect: "manual" }).catch(() => undefined);
});

relabelLamp();
