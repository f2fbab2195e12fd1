// A message that is rewritten in its place. What is typed outlives a reload, as in the composer.
import { actButton, element } from './elements.js';
import { icon } from './icons.js';
import { Draft, storage } from './storage.js';

export class MessageEditor {
  #place;
  #draft;
  #onSend;
  #open = null; // { message, form, text }

  constructor(conversation, onSend) {
    this.#place = `editing:${conversation}`;
    this.#draft = new Draft(`edit:${conversation}`);
    this.#onSend = onSend;
  }

  /** Opens it in a message of the person's, with what was said, or with what was typed there before a reload. */
  open(message, focus = true) {
    const id = message.dataset.messageId;
    const said = message.querySelector('.said').textContent;
    const draft = storage.get(this.#place)?.id === id ? this.#draft.text : '';
    this.close();
    storage.set(this.#place, { id });

    const text = element('textarea', '');
    text.rows = 1;
    text.maxLength = 16000;
    text.value = draft || said;
    text.setAttribute('aria-label', 'Edit your message');
    text.setAttribute('enterkeyhint', 'send');
    const leave = element('button', 'button quiet small', 'Cancel');
    leave.type = 'button';
    const send = actButton('edited', 'button primary small', icon('send'), ' Send');
    const hint = element('p', 'editor-hint', 'The answer is written anew. This version is kept.');
    const form = element('form', 'editor', text, element('div', 'editor-foot', hint, leave, send));

    const changed = () => {
      this.#draft.text = text.value;
      send.disabled = text.value.trim() === '';
      text.style.height = 'auto';
      text.style.height = `${text.scrollHeight}px`;
    };
    text.addEventListener('input', changed);
    leave.addEventListener('click', () => this.close(true));
    send.addEventListener('click', () => this.#send());
    form.addEventListener('submit', event => event.preventDefault());
    form.addEventListener('keydown', event => {
      if (event.key === 'Escape') {
        event.stopPropagation(); // Here it leaves the editor; elsewhere it stops an answer.
        this.close(true);
      } else if (event.key === 'Enter' && event.target === text && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#send();
      }
    });

    this.#open = { message, text };
    message.classList.add('editing');
    message.querySelector('.bubble').after(form);
    changed();
    if (focus) {
      text.focus({ preventScroll: true });
      text.setSelectionRange(text.value.length, text.value.length);
      form.scrollIntoView({ block: 'nearest' });
    }
  }

  /** Opens it again after a reload, when the message is there. */
  reopen(find) {
    const id = storage.get(this.#place)?.id;
    const message = id && !this.#open?.message.isConnected ? find(id) : null;
    if (message) {
      this.open(message, false);
    }
  }

  close(focus = false) {
    const message = this.#open?.message;
    storage.set(this.#place, null);
    this.#draft.text = '';
    this.#open = null;
    if (message) {
      message.classList.remove('editing');
      message.querySelector('.editor')?.remove();
      message.querySelector('.act-problem')?.remove();
      if (focus) {
        message.querySelector('[data-act="edit"]')?.focus();
      }
    }
  }

  #send() {
    const { message, text } = this.#open;
    const said = text.value.trim();
    if (said) {
      const key = this.#draft.keyFor(said);
      this.#draft.keep(said, key);
      this.#onSend(message, said, key);
    }
  }
}
