/**
 * One line of a chat. Whatever people wrote becomes text, never markup.
 */

export function buildLine(said, { block, bought, host, moderator }) {
  const isBought = said.kind === "bought";
  const line = document.createElement("li");
  line.className = `${block}__line`;
  if (said.host || said.moderator) line.classList.add(`${block}__line--seller`);
  if (isBought) line.classList.add(`${block}__line--bought`);
  if (said.seq) line.dataset.seq = said.seq;
  if (said.masked) line.dataset.masked = "";
  const words = document.createElement("span");
  if (said.to) words.append(buildQuote(said.to, block));
  words.append(buildText("b", `${block}__name`, said.name), " ");
  const role = said.host ? host : said.moderator && moderator;
  if (role) words.append(buildText("small", `${block}__role`, role), " ");
  words.append(buildText("span", `${block}__text`, isBought ? `${bought} ${said.product}` : said.text));
  line.append(words);
  return line;
}

export function buildResend(id, words) {
  const again = document.createElement("button");
  again.type = "button";
  again.dataset.resend = id;
  again.textContent = words;
  return again;
}

export function buildNote(words) {
  return buildText("small", "", words);
}

/** The question that an answer stands under. */
function buildQuote({ seq, name, text }, block) {
  const quote = buildText("q", `${block}__quote`, `${name}: ${text}`);
  quote.dataset.to = seq;
  return quote;
}

function buildText(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}
