/**
 * One line of a chat. Whatever people wrote becomes text, never markup.
 */

export function buildLine({ kind, seq, name, text, host, product }, { block, bought }) {
  const isBought = kind === "bought";
  const line = document.createElement("li");
  line.className = `${block}__line`;
  if (host) line.classList.add(`${block}__line--seller`);
  if (isBought) line.classList.add(`${block}__line--bought`);
  if (seq) line.dataset.seq = seq;
  const who = document.createElement("b");
  who.className = `${block}__name`;
  who.textContent = name;
  const words = document.createElement("span");
  words.append(who, " ", isBought ? `${bought} ${product}` : text);
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
