/**
 * The permission to publish. While the show is on one is always at hand: when the network comes back, what the page had
 * asked over HTTP still sits in connections that died, for ten seconds and more, and a question would wait behind it.
 * Without one at hand the next question is asked while older ones still wait; the first answer silences the others.
 *   onGranted(token)
 *   onDenied()        this person may not, however often they ask
 *   onFailed()        no question waits any more, and none was answered
 */

const PATIENCE_MS = 6000;
const MOST_AT_ONCE = 3; // a browser has six connections to one server, and the page needs some
const LASTS_MS = 240_000; // the server takes a permit for five minutes
const FRESH_MS = 10_000;

export class Permit {
  #url;
  #on;
  #asked = new Set(); // what silences each question
  #known = { token: null, at: -Infinity };

  constructor(url, callbacks) {
    this.#url = url;
    this.#on = callbacks;
  }

  /** The newest token, or null when it is too old by now. */
  get atHand() {
    return this.#age < LASTS_MS ? this.#known.token : null;
  }

  ask() {
    const question = new AbortController();
    this.#asked.add(question);
    if (this.#asked.size > MOST_AT_ONCE) this.#drop([...this.#asked][0]);
    const timer = setTimeout(() => question.abort(), PATIENCE_MS);
    this.#fetch(question).finally(() => clearTimeout(timer));
  }

  /** What is still asked does not matter any more. */
  stop() {
    for (const question of [...this.#asked]) this.#drop(question);
  }

  /** The server did not take the token: whether a new one may help, because it had waited here. */
  wasRefused() {
    const hadWaited = this.#age > FRESH_MS;
    this.#known = { token: null, at: -Infinity };
    return hadWaited;
  }

  get #age() {
    return performance.now() - this.#known.at;
  }

  async #fetch(question) {
    let token = null;
    try {
      const answer = await fetch(this.#url, { cache: "no-store", credentials: "same-origin", signal: question.signal });
      const isDenied = answer.status === 403 || answer.status === 404 || answer.redirected;
      if (!isDenied) ({ token } = await answer.json());
    } catch {
      this.#failed(question);
      return;
    }
    if (!this.#asked.has(question)) return;
    this.stop();
    this.#answered(token);
  }

  #answered(token) {
    if (token === null) {
      this.#on.onDenied();
      return;
    }
    this.#known = { token, at: performance.now() };
    this.#on.onGranted(token);
  }

  #failed(question) {
    if (this.#asked.delete(question) && !this.#asked.size) this.#on.onFailed();
  }

  #drop(question) {
    this.#asked.delete(question);
    question.abort();
  }
}
