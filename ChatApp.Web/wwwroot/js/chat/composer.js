// The field that one types in. A draft outlives a reload, together with the key under which it was last tried to send, so that
// trying again cannot say it twice.
const storage = {
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
      // Then a draft lives as long as its page.
    }
  },
};

// crypto.randomUUID is there on https and localhost only.
const newKey = () => globalThis.crypto.randomUUID?.()
  ?? [...globalThis.crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');

export class Composer {
  #form;
  #text;
  #send;
  #stop;
  #draftKey;
  #answering = false;

  constructor(form, conversation, { onSay, onStop }) {
    this.#form = form;
    this.#text = form.querySelector('[data-text]');
    this.#send = form.querySelector('[data-send]');
    this.#stop = form.querySelector('[data-stop]');
    this.#draftKey = `draft:${conversation}`;

    form.addEventListener('submit', event => {
      event.preventDefault();
      const text = this.#text.value.trim();
      if (text && !this.#answering) {
        onSay(text);
      }
    });
    this.#stop.addEventListener('click', () => onStop());
    this.#text.addEventListener('input', () => this.#changed());
    this.#text.addEventListener('keydown', event => {
      // An input method's Enter picks a word, it does not send.
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        form.requestSubmit();
      }
    });

    this.#text.value = storage.get(this.#draftKey)?.text ?? '';
    this.#fit();
  }

  /** The key to send this text with: the one of the last attempt if the text is the same. */
  keyFor(text) {
    const draft = storage.get(this.#draftKey);
    const key = draft?.key && draft.text === text ? draft.key : newKey();
    storage.set(this.#draftKey, { text, key });
    return key;
  }

  /** The server has it. */
  sent() { storage.set(this.#draftKey, this.#text.value ? { text: this.#text.value } : null); }

  clear() {
    this.#text.value = '';
    this.#fit();
  }

  /** Puts back what could not be sent, before what was typed meanwhile. */
  restore(text) {
    const typed = this.#text.value;
    this.#text.value = typed && typed !== text ? `${text}\n${typed}` : text;
    this.#fit();
  }

  get value() { return this.#text.value.trim(); }

  focus() { this.#text.focus({ preventScroll: true }); }

  set answering(value) {
    const hadFocus = this.#form.contains(document.activeElement);
    this.#answering = value;
    this.#send.hidden = value;
    this.#stop.hidden = !value;
    this.#stop.disabled = false;
    this.#fit();
    if (hadFocus) {
      this.focus(); // The button that had it may just have gone.
    }
  }

  set stopping(value) { this.#stop.disabled = value; }

  #changed() {
    const text = this.#text.value;
    const draft = storage.get(this.#draftKey);
    storage.set(this.#draftKey, text ? { text, key: draft?.text === text ? draft.key : undefined } : null);
    this.#fit();
  }

  #fit() {
    this.#send.disabled = this.#text.value.trim() === '';
    this.#text.style.height = 'auto';
    this.#text.style.height = `${this.#text.scrollHeight}px`;
  }
}
