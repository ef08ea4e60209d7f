// <pay-countdown until="2026-11-24T19:45:00+07:00"> shows the time that is left.
import { timeLeft } from "../kit/clock.js";

class PayCountdown extends HTMLElement {
  connectedCallback() {
    this.until = Date.parse(this.getAttribute("until"));
    this.setAttribute("role", "timer");
    this.timer = setInterval(() => this.show(), 1000);
    this.show();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  show() {
    const { hours, minutes, seconds, isOver } = timeLeft(this.until);
    this.textContent = [...(hours === "00" ? [] : [hours]), minutes, seconds].join(".");
    this.toggleAttribute("data-close", hours === "00" && minutes < "02");
    if (isOver) clearInterval(this.timer);
  }
}

if (!customElements.get("pay-countdown")) customElements.define("pay-countdown", PayCountdown);
