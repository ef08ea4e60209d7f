// The columns of a drawing that is as wide as its place: which one lies at a share of the width, and where.

// The column at a share from 0 to 1; outside it is the nearest one.
export function columnAt(share, columns) {
  return Math.min(columns - 1, Math.max(0, Math.floor(share * columns)));
}

// The middle of a column, in percent with two decimals.
export function middleOf(column, columns) {
  return Math.round(((column + 0.5) / columns) * 10_000) / 100;
}
