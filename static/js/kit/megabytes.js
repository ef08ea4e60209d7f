// Bytes as people read them: "0,4 MB", "12 MB", "1,2 GB", with a point in English.
export function megabytes(bytes, language = "id") {
  const [value, unit] = bytes < 1e9 ? [bytes / 1e6, "MB"] : [bytes / 1e9, "GB"];
  const shown = value < 10 ? value.toFixed(1) : String(Math.round(value));
  return `${language.startsWith("en") ? shown : shown.replace(".", ",")} ${unit}`;
}

// Milliseconds as seconds with one place: "0,5".
export function seconds(ms, language = "id") {
  const shown = (ms / 1000).toFixed(1);
  return language.startsWith("en") ? shown : shown.replace(".", ",");
}
