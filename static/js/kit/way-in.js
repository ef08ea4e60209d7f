/**
 * How this tab found a room. What it knew first stays true for the tab: logging in on the way changes nothing.
 * The mark leaves the address, so that a copied address does not carry it on.
 */

const MARK = "dari";

export function wayIn(code, said, store) {
  const key = `dari:${code}`;
  try {
    const known = store.getItem(key) ?? said;
    store.setItem(key, known);
    return known;
  } catch {
    return said; // storage may be forbidden
  }
}

/** The address without its mark; null when it has none. */
export function withoutMark(address) {
  const url = new URL(address);
  if (!url.searchParams.has(MARK)) return null;
  url.searchParams.delete(MARK);
  return url.href;
}
