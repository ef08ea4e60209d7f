// How many whole seconds an upload still takes, at the pace it has had so far.
export function left(loaded, total, milliseconds) {
  if (loaded <= 0) return 0;
  return Math.ceil(((total - loaded) * milliseconds) / loaded / 1000);
}
