// What a tab remembers over a reload, as JSON. Without storage things last for as long as their page.
export const storage = {
  get(key) {
    try {
      return JSON.parse(sessionStorage.getItem(key) ?? 'null');
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      if (value) {
        sessionStorage.setItem(key, JSON.stringify(value));
      } else {
        sessionStorage.removeItem(key);
      }
    } catch {
      // See above.
    }
  },
};

// crypto.randomUUID is there on https and localhost only.
export const newKey = () => globalThis.crypto.randomUUID?.()
  ?? [...globalThis.crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');

/** A text that is being written, and the key under which it was last tried to send: the same text again goes under the same key. */
export class Draft {
  #place;

  constructor(place) { this.#place = place; }

  get text() { return storage.get(this.#place)?.text ?? ''; }

  set text(text) {
    const last = storage.get(this.#place);
    storage.set(this.#place, text ? { text, key: last?.text === text ? last.key : undefined } : null);
  }

  /** Keeps a text that was sent under this key and refused. */
  keep(text, key) { storage.set(this.#place, { text, key }); }

  keyFor(text) {
    const last = storage.get(this.#place);
    return last?.key && last.text === text ? last.key : newKey();
  }
}
