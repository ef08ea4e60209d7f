// Whether this reader wants few bytes: the choice made here wins over what the browser says.

export function savesData(root = document.documentElement, network = globalThis.navigator?.connection) {
  return root.hasAttribute("data-saver") || Boolean(network?.saveData);
}

export function isSlow(network = globalThis.navigator?.connection) {
  return ["slow-2g", "2g"].includes(network?.effectiveType ?? "");
}
