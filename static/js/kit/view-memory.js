/**
 * What somebody wants of a live: `video`, `audio` (sound and a still picture) or `text`. The site-wide
 * data saver is the same wish: choosing here turns it on or off, and how much to save is kept on this device.
 */

const KEY = "live-view";
const A_YEAR_S = 60 * 60 * 24 * 365;

/** What to begin with, where the page offers `offered`. */
export function rememberedView(offered, storage = storageHere()) {
  if (offered !== "audio") return "video";
  return storage?.getItem(KEY) === "text" ? "text" : "audio";
}

export function rememberView(view, storage = storageHere(), page = globalThis.document) {
  storage?.setItem(KEY, view);
  const saves = view === "video" ? "off" : "on";
  const secure = globalThis.location?.protocol === "https:" ? "; secure" : "";
  page.cookie = `data_saver=${saves}; path=/; max-age=${A_YEAR_S}; samesite=lax${secure}`;
  page.documentElement.toggleAttribute("data-saver", saves === "on");
}

/** A browser may keep nothing. */
function storageHere() {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}
