// What a measured uplink is good for: a show takes about 950 kbit/s at its best and 300 at its least.
export function uplinkWord(kbps) {
  if (kbps >= 1200) return "enough";
  return kbps >= 450 ? "tight" : "little";
}

// "1,2" or, where no more was measured, "3".
export function megabits(kbps, language = "id") {
  const shown = (kbps / 1000).toFixed(1).replace(".0", "");
  return language.startsWith("en") ? shown : shown.replace(".", ",");
}
