import assert from "node:assert/strict";
import { test } from "node:test";

import { priceOf, rupiahIn } from "../../static/js/kit/deal-prices.js";

test("without a deal a product costs what the list says", () => {
  assert.deepEqual(priceOf("3", 25000, []), { price: 25000, isDeal: false });
  assert.deepEqual(priceOf("3", 25000, [{ product: "4", price: 9000 }]), { price: 25000, isDeal: false });
});

test("the lowest deal that runs wins", () => {
  const deals = [{ product: "3", price: 20000 }, { product: "3", price: 18000 }, { product: "3", price: null }];
  assert.deepEqual(priceOf("3", 25000, deals), { price: 18000, isDeal: true });
});

test("a deal of a dearer variant does not raise the price", () => {
  assert.deepEqual(priceOf("3", 9000, [{ product: "3", price: 20000 }]), { price: 9000, isDeal: false });
});

test("rupiah are read from what people see", () => {
  assert.equal(rupiahIn("Rp25.000"), 25000);
  assert.equal(rupiahIn(" Rp1.250.000 "), 1250000);
  assert.equal(rupiahIn("Gratis"), null);
});
