// Which row of a list is marked after a key: none is -1, and the ends meet.

export function markAfter(key, marked, count) {
  if (!count) return -1;
  if (key === "ArrowDown") return (marked + 1) % count;
  if (key === "ArrowUp") return marked <= 0 ? count - 1 : marked - 1;
  return marked;
}
