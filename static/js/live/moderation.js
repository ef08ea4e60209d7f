/**
 * The host's buttons in the chat: <button data-moderate="/live/CODE/hapus-pesan/"> inside a line with data-seq.
 * What follows from it (the line goes, the person is muted) comes back from the room like for everyone.
 */

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-moderate]");
  const line = button?.closest("[data-seq]");
  if (!line) return;
  button.disabled = true;
  const fields = new FormData();
  fields.set("seq", line.dataset.seq);
  const isDone = await send(button.dataset.moderate, fields);
  button.disabled = isDone;
  if (!isDone) document.body.dispatchEvent(new CustomEvent("toast", { detail: { text: document.body.dataset.textFailed, level: "error" } }));
});

async function send(address, body) {
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  const headers = { Accept: "application/json", "X-CSRFToken": token };
  try {
    return (await fetch(address, { method: "POST", body, headers })).ok;
  } catch {
    return false;
  }
}
