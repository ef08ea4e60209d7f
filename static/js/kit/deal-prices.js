/** Which price a product shows: the lowest of its list and of the deals that run. */

/** `deals` are {product, price}, a price of null is none. Gives the price, and whether a deal made it. */
export function priceOf(product, listPrice, deals) {
  const running = deals.filter((deal) => deal.product === product && deal.price !== null).map((deal) => deal.price);
  const lowest = Math.min(listPrice, ...running);
  return { price: lowest, isDeal: lowest < listPrice };
}

/** The rupiah in "Rp25.000"; what is no price is nothing. */
export function rupiahIn(text) {
  const digits = text.replace(/\D/g, "");
  return digits === "" ? null : Number(digits);
}
