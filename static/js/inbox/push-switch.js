// <push-switch> lets this browser be told things while the market is closed, or no longer.
import { bytesOf, stateOf } from "../kit/push-state.js";

class PushSwitch extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("[data-toggle]");
    this.onClick = () => this.toggle();
    this.button.addEventListener("click", this.onClick);
    this.show();
  }

  disconnectedCallback() {
    this.button.removeEventListener("click", this.onClick);
  }

  get isPossible() {
    return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  }

  async subscription() {
    const registration = await navigator.serviceWorker.getRegistration(this.dataset.worker);
    return registration ? registration.pushManager.getSubscription() : null;
  }

  async show() {
    const current = this.isPossible ? await this.subscription() : null;
    const permission = this.isPossible ? Notification.permission : "default";
    const state = stateOf({ isPossible: this.isPossible, permission, isSubscribed: Boolean(current) });
    this.say(this.dataset[`text${state[0].toUpperCase()}${state.slice(1)}`]);
    this.button.hidden = state === "missing" || state === "blocked";
    this.button.querySelector("[data-label]").textContent = state === "on" ? this.dataset.labelOff : this.dataset.labelOn;
  }

  async toggle() {
    this.button.disabled = true;
    try {
      const current = await this.subscription();
      await (current ? this.turnOff(current) : this.turnOn());
      await this.show();
    } catch {
      this.say(this.dataset.textFailed);
    } finally {
      this.button.disabled = false;
    }
  }

  async turnOn() {
    if ((await Notification.requestPermission()) !== "granted") return;
    const registration = await navigator.serviceWorker.register(this.dataset.worker);
    const wish = { userVisibleOnly: true, applicationServerKey: bytesOf(this.dataset.key) };
    const made = await registration.pushManager.subscribe(wish);
    const { endpoint, keys } = made.toJSON();
    try {
      await this.tell(this.dataset.on, { endpoint, ...keys });
    } catch (problem) {
      await made.unsubscribe();
      throw problem;
    }
  }

  async turnOff(current) {
    await this.tell(this.dataset.off, { endpoint: current.endpoint });
    await current.unsubscribe();
  }

  async tell(address, fields) {
    const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
    const body = new URLSearchParams(fields);
    const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token } });
    if (!answer.ok) throw new Error(String(answer.status));
  }

  say(text) {
    this.querySelector("[data-state]").textContent = text;
  }
}

if (!customElements.get("push-switch")) customElements.define("push-switch", PushSwitch);
