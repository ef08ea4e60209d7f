/**
 * Whether a chat message may be a wish ("keep A12 L 2"): only a sieve, so that ordinary talk asks nothing of
 * the server. What it really means is read there.
 */

const VERB = /(^|\s)(k+e+p+|f+i+x+|f+i+k+s+|m+a+u+|a+m+b+i+l+|c+f+|b+a+t+a+l+)(?=[\s,.:;!]|$)/i;
const CODE = /(^|[\s,.:;!([])[a-z]{1,2}-?\d{1,3}(?=[\s,.:;!)\]]|$)/i;

export function maybeWish(text) {
  return text.length <= 300 && VERB.test(text) && CODE.test(text) && !text.includes("?");
}
