// Rupiah and counts as the server writes them (kit/money.py), for what changes without a reload.

const STEPS = [
  [1_000_000_000, "M", "B"],
  [1_000_000, "jt", "M"],
  [1_000, "rb", "k"],
];

export function rupiah(amount) {
  return `${sign(amount)}Rp${grouped(Math.abs(amount), ".")}`;
}

export function number(amount, language = "id") {
  return sign(amount) + grouped(Math.abs(amount), separatorOf(language));
}

// 12540 is "12,5 rb": cut, never rounded up.
export function compact(amount, language = "id") {
  const step = STEPS.find(([least]) => Math.abs(amount) >= least);
  if (!step) return number(amount, language);
  const [least, indonesian, english] = step;
  const tenths = Math.floor((Math.abs(amount) * 10) / least);
  const isEnglish = language.startsWith("en");
  return sign(amount) + shortened(tenths, language) + (isEnglish ? english : `\u00a0${indonesian}`);
}

function shortened(tenths, language) {
  const whole = Math.floor(tenths / 10);
  const tenth = tenths % 10;
  if (tenth === 0 || whole >= 100) return grouped(whole, separatorOf(language));
  return `${whole}${language.startsWith("en") ? "." : ","}${tenth}`;
}

function grouped(amount, separator) {
  return String(amount).replace(/\B(?=(\d{3})+$)/g, separator);
}

function separatorOf(language) {
  return language.startsWith("en") ? "," : ".";
}

function sign(amount) {
  return amount < 0 ? "\u2212" : "";
}
