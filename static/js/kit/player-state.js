/**
 * What a player says of itself: connecting, live, stalled and so on, from what the server says of the show, the road
 * that the pictures take, and whether there are pictures.
 */

const PLAYING = { near: "live", far: "live", saver: "audio_only", replay: "replay" };

export function whilePlaying(road) {
  return PLAYING[road] ?? "live";
}

/** When a road begins; nothing where that changes nothing. */
export function atTheStartOf(road, state) {
  if (road === "text") return "text_only";
  return road === "replay" || state === "upcoming" ? undefined : "connecting";
}

/**
 * The server's word on the show. A live show still needs its first picture, unless it was live before and merely has
 * another publisher: then nothing changes.
 */
export function afterWord(word, { before, state, road, hasPicture }) {
  if (word !== "live") return word;
  if (before === "live" && state === "stalled") return undefined;
  return hasPicture ? whilePlaying(road) : "connecting";
}
