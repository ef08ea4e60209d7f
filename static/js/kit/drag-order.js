// Where a dragged box belongs among its neighbours, and how far these make room. Heights are measured once.

// The place of a box that came from `from` and whose middle is now at `y`; `middles` are those of all boxes.
export function placeAt(y, middles, from) {
  let place = from;
  while (place > 0 && y < middles[place - 1]) place -= 1;
  while (place < middles.length - 1 && y > middles[place + 1]) place += 1;
  return place;
}

// For each box how many pixels it moves to leave the place `to` free for the one from `from`, `step` high.
export function shifts(count, from, to, step) {
  return Array.from({ length: count }, (_, place) => {
    if (place > from && place <= to) return -step;
    return place < from && place >= to ? step : 0;
  });
}
