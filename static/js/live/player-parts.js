/**
 * What lies over a player's video: the buttons that a browser's rules make necessary, and the still picture of who only
 * listens. Each may be missing in the page.
 *   <img data-role="still" alt="" hidden>          the picture while only the sound comes
 *   <button data-role="unmute" hidden>…</button>   shown while a picture plays without sound
 *   <button data-role="play" hidden>…</button>     shown when the browser wants a tap first
 */

export class PlayerParts {
  #player;
  #video;

  constructor(player, video) {
    this.#player = player;
    this.#video = video;
  }

  onPress(role, act, options) {
    this.#part(role)?.addEventListener("click", act, options);
  }

  showButtons({ needsTap = false } = {}) {
    this.#part("unmute")?.toggleAttribute("hidden", !this.#video.muted || needsTap);
    this.#part("play")?.toggleAttribute("hidden", !needsTap);
  }

  showStill(picture) {
    const still = this.#part("still");
    if (!still) return;
    const url = URL.createObjectURL(new Blob([picture], { type: "image/jpeg" }));
    still.onload = () => URL.revokeObjectURL(url);
    still.src = url;
    still.hidden = false;
  }

  hideStill() {
    this.#part("still")?.setAttribute("hidden", "");
  }

  #part(role) {
    return this.#player.querySelector(`[data-role="${role}"]`);
  }
}
