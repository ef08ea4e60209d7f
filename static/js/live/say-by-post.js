// Says a message by the form's own address, for when the room's line is down: nothing when it is said, {held} when
// somebody looks at it first, {reason, …} when it is refused.

export async function sayByPost(form, { id, text }) {
  const fields = new FormData(form);
  fields.set("id", id);
  fields.set("text", text);
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields, headers: { Accept: "application/json" } });
    if (!answer.ok) return await answer.json();
    return { held: answer.status === 202 };
  } catch {
    return { reason: "again" };
  }
}
