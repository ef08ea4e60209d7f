/** How often a voucher of the room can still be claimed: <form data-voucher="4"> with [data-voucher-left]. */

import { number } from "../kit/money.js";

document.body.addEventListener("room:now", ({ detail }) => {
  for (const [id, { left }] of Object.entries(detail.voucher ?? {})) {
    const card = document.querySelector(`[data-voucher="${CSS.escape(id)}"]`);
    if (card) show(card, left);
  }
});

function show(card, left) {
  const words = left === 0 ? card.dataset.textGone : card.dataset.textLeft;
  card.querySelector("[data-voucher-left]").textContent = words.replace("%s", number(left, document.documentElement.lang));
  const claim = card.querySelector("button");
  if (claim) claim.disabled = left === 0;
}
