/**
 * The draw that everybody can repeat: the same few lines as on the server, with the browser's own SHA-256.
 */

const text = new TextEncoder();

function hex(buffer) {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function sha256(words) {
  return hex(await crypto.subtle.digest("SHA-256", text.encode(words)));
}

/** What was shown before: it binds to the seed without telling it. */
export const commitmentTo = (seed) => sha256(seed);

/** The number under which the holder of a ticket stands in a draw's list. */
export const entrantNumber = (salt, ticket) => sha256(`${salt}:${ticket}`);

/** Each entrant with their lot, the first drawn first. */
export async function inDrawnOrder(seed, entrants) {
  const key = await crypto.subtle.importKey("raw", text.encode(seed), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const drawn = await Promise.all(
    [...new Set(entrants)].map(async (entrant) => ({ entrant, lot: hex(await crypto.subtle.sign("HMAC", key, text.encode(entrant))) })),
  );
  return drawn.sort((one, other) => compare(one.lot, other.lot) || compare(one.entrant, other.entrant));
}

function compare(one, other) {
  return one < other ? -1 : Number(one > other);
}

/** What is right about a published draw; `ticket` and `own` are those of the person who looks, if they entered. */
export async function check({ seed, salt, commitment, entrants }, { ticket, own } = {}) {
  const drawn = await inDrawnOrder(seed, entrants);
  return {
    seal: (await commitmentTo(seed)) === commitment,
    order: drawn.length === entrants.length && drawn.every(({ entrant }, place) => entrant === entrants[place]),
    own: ticket ? (await entrantNumber(salt, ticket)) === own && entrants.includes(own) : null,
    first: drawn[0]?.entrant ?? "",
  };
}
