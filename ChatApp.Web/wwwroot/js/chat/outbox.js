// What was sent and is not acknowledged yet. It is kept in the tab's storage, so that a reload in the moment of sending sends it once
// more, under the same key: the server takes it once.
import { noAnswer, refusalOf } from './refusal.js';
import { storage } from './storage.js';

const patience = 15_000; // For as long as this it is tried again by itself, when no answer came or a proxy found nobody behind it.
const longestTry = 15_000;
const largestKeepalive = 60_000; // Browsers send at most 64 KiB on behalf of pages that are gone.

const pause = (time, signal) => new Promise(done => {
  const timer = setTimeout(done, time);
  signal.addEventListener('abort', () => { clearTimeout(timer); done(); }, { once: true });
});

export class Outbox {
  #base;
  #place;

  constructor(conversation) {
    this.#base = `/api/conversations/${conversation}`;
    this.#place = `outbox:${conversation}`;
  }

  /** What was on its way when this page was left; null when nothing was. */
  get left() { return storage.get(this.#place); }

  /**
   * Sends what is to be answered.
   * @param {{path: string, body: object, key: string}} letter
   * @param {{signal: AbortSignal, onTrouble(): void}} listener The signal gives up; onTrouble tells that it is tried again.
   * @returns {Promise<{turn?: object, refusal?: import('./refusal.js').Refusal}>}
   */
  async send(letter, { signal, onTrouble }) {
    storage.set(this.#place, letter);
    const outcome = await this.#deliver(letter, signal, onTrouble);
    storage.set(this.#place, null);
    return outcome;
  }

  async #deliver(letter, signal, onTrouble) {
    const until = Date.now() + patience;
    for (let attempt = 1; ; attempt++) {
      const response = await this.#post(letter);
      if (response?.ok) {
        return { turn: await response.json() };
      }
      if (response && response.status !== 502 && response.status !== 504) {
        return { refusal: await refusalOf(response) };
      }
      const wait = 300 + Math.random() * Math.min(4000, 400 * 2 ** attempt);
      if (signal.aborted || Date.now() + wait > until) {
        return { refusal: noAnswer() };
      }
      onTrouble();
      await pause(wait, signal);
      if (signal.aborted) {
        return { refusal: noAnswer() };
      }
    }
  }

  async #post({ path, body, key }) {
    const json = JSON.stringify(body);
    try {
      return await fetch(`${this.#base}/${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
        body: json,
        keepalive: new Blob([json]).size < largestKeepalive,
        signal: AbortSignal.timeout(longestTry),
      });
    } catch {
      return null;
    }
  }
}
