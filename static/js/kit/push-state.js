// What a browser can be told, and the key it is told under.

/** "missing", "blocked", "on" or "off". */
export function stateOf({ isPossible, permission, isSubscribed }) {
  if (!isPossible) return "missing";
  if (permission === "denied") return "blocked";
  return isSubscribed && permission === "granted" ? "on" : "off";
}

/** base64url as the bytes it stands for. */
export function bytesOf(text) {
  const padded = text.replaceAll("-", "+").replaceAll("_", "/").padEnd(Math.ceil(text.length / 4) * 4, "=");
  return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
}
