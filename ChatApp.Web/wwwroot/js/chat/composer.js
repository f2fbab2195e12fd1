// The field that one types in. A draft outlives a reload, together with the key under which it was last tried to send, so that
// trying again cannot say it twice.
import { Draft } from './storage.js';
import { showProblem } from './problem.js';

export class Composer {
  #form;
  #text;
  #send;
  #stop;
  #problem;
  #draft;
  #answering = false;
  #onSay;

  constructor(area, conversation, { onSay, onStop }) {
    this.#form = area.querySelector('[data-composer]');
    this.#text = area.querySelector('[data-text]');
    this.#send = area.querySelector('[data-send]');
    this.#stop = area.querySelector('[data-stop]');
    this.#problem = area.querySelector('[data-problem]');
    this.#draft = new Draft(`draft:${conversation}`);
    this.#onSay = onSay;

    this.#form.addEventListener('submit', event => {
      event.preventDefault();
      this.#say();
    });
    this.#stop.addEventListener('click', () => onStop());
    this.#text.addEventListener('input', () => this.#changed());
    this.#text.addEventListener('keydown', event => {
      // An input method's Enter picks a word, it does not send.
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#form.requestSubmit();
      }
    });

    this.#text.value = this.#draft.text;
    this.#fit();
  }

  /** The key to send this text with: the one of the last attempt if the text is the same. */
  keyFor(text) { return this.#draft.keyFor(text); }

  /** What was typed is on its way. */
  clear() {
    this.#problem.hidden = true;
    this.#text.value = '';
    this.#changed();
  }

  /** Puts back what could not be sent, before what was typed meanwhile, and says why. */
  refused(text, key, refusal) {
    const typed = this.#text.value;
    this.#text.value = typed && typed !== text ? `${text}\n${typed}` : text;
    this.#draft.keep(this.#text.value, this.#text.value === text ? key : undefined);
    this.#fit();
    showProblem(this.#problem, refusal, () => this.#say());
  }

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

  #say() {
    const text = this.#text.value.trim();
    if (text && !this.#answering) {
      this.#onSay(text);
    }
  }

  #changed() {
    this.#draft.text = this.#text.value;
    this.#fit();
  }

  #fit() {
    this.#send.disabled = this.#text.value.trim() === '';
    this.#text.style.height = 'auto';
    this.#text.style.height = `${this.#text.scrollHeight}px`;
  }
}
