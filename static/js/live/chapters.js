/**
 * The chapters of a replay: each a link `[data-from][data-to]` in milliseconds with `data-card`, the address of
 * its product's card. Follows the picture, and takes the picture to a chapter that is pressed, or to the second
 * that the page's address names (`?t=750`).
 */

export class Chapters {
  #room;
  #player;
  #shelf;
  #here = null;

  constructor({ room, player, shelf }, options) {
    this.#room = room;
    this.#player = player;
    this.#shelf = shelf;
    room.addEventListener("player:time", ({ detail }) => this.#playedTo(detail.ms), options);
    room.addEventListener("click", (event) => this.#pressed(event), options);
    this.#beginAt(Number(new URLSearchParams(location.search).get("t")), options);
  }

  #beginAt(seconds, options) {
    if (!(seconds > 0)) return;
    const video = this.#player.querySelector("video");
    const go = () => this.#player.seek(seconds * 1000);
    if (video.readyState) go();
    else video.addEventListener("loadedmetadata", go, { ...options, once: true });
  }

  #pressed(event) {
    const chapter = event.target.closest("[data-from]");
    if (!chapter) return;
    event.preventDefault();
    this.#player.seek(Number(chapter.dataset.from));
    this.#enter(chapter);
    const sheet = chapter.closest("dialog");
    if (sheet?.matches(":modal")) sheet.close();
  }

  #playedTo(ms) {
    if (this.#room.dataset.state !== "replay") return;
    const chapters = [...this.#room.querySelectorAll("[data-from]")];
    this.#enter(chapters.findLast(({ dataset }) => Number(dataset.from) <= ms && ms < Number(dataset.to)) ?? null);
  }

  /** Show what was pinned at this moment of the replay, as it is sold now. */
  #enter(chapter) {
    if (chapter === this.#here) return;
    this.#here?.removeAttribute("aria-current");
    chapter?.setAttribute("aria-current", "true");
    this.#here = chapter;
    if (chapter) this.#shelf.fetchCard(chapter.dataset.card);
    else this.#shelf.unpin();
  }
}
