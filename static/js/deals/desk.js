/** The studio's panel of deals keeps the room's clock, and is fetched again when a deal came or went elsewhere, and
 *  when the show begins or pauses: what can be started depends on it. */

import "../live/show-timer.js";
import { showClock } from "../kit/show-clock.js";

const hear = (name, act) => document.body.addEventListener(name, ({ detail }) => act(detail));

hear("room:hello", (hello) => showClock.greet(hello));
hear("room:items", ({ items }) => {
  for (const { kind, clock } of items) if (kind === "state") showClock.set(clock);
  if (items.some(({ kind }) => kind === "deal" || kind === "state")) refresh();
});

/** Not while somebody types: the form would be lost. */
function refresh() {
  const panel = document.querySelector("#promo");
  if (panel && !panel.querySelector(".promo__form")) globalThis.htmx?.trigger(panel, "refresh-promo");
}
