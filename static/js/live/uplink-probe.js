/**
 * Sends bytes that mean nothing for three seconds, as many as a show would need and a few more, and
 * answers with the kbit/s that the server saw arrive; throws when there was no measuring.
 */

import { socketUrl } from "../kit/media-wire.js";

const PIECE = 16 * 1024;
const EVERY_MS = 40; // 3.2 Mbit/s, more than any show takes
const MOST_ON_THE_WAY = 12;
const GIVE_UP_MS = 10_000;

export async function probeUplink({ probe, tokenUrl }) {
  const answer = await fetch(tokenUrl, { cache: "no-store", credentials: "same-origin" });
  const { token } = await answer.json();
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(socketUrl(probe, location.href));
    let [sending, onTheWay] = [0, 0];
    const stop = (settle, value) => {
      clearInterval(sending);
      clearTimeout(patience);
      settle(value);
      socket.close();
    };
    const patience = setTimeout(() => stop(reject, new Error("no answer")), GIVE_UP_MS);
    const send = () => {
      if (onTheWay >= MOST_ON_THE_WAY) return;
      onTheWay += 1;
      socket.send(noise());
    };
    socket.onopen = () => socket.send(JSON.stringify({ type: "hello", token, form: "frames" }));
    socket.onclose = () => stop(reject, new Error("closed"));
    socket.onmessage = ({ data }) => {
      const told = JSON.parse(data);
      if (told.type === "ready") sending = setInterval(send, EVERY_MS);
      else if (told.type === "ack") onTheWay -= 1;
      else if (told.type === "measured") stop(resolve, told.kbps);
    };
  });
}

/** Nothing on the way may squeeze it. */
function noise() {
  return crypto.getRandomValues(new Uint8Array(PIECE));
}
