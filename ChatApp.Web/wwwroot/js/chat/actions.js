// What one can do with a message: its buttons carry data-act. All of it is asked of the Api from here, so it works without the
// circuit too; what is stored then is shown by Blazor, as soon as there is a circuit.
import { MessageEditor } from './editor.js';
import { showProblem } from './problem.js';
import { ask, signInAgain } from './refusal.js';
import { newKey } from './storage.js';
import { copyText } from '../layout/copy.js';
import { openPrompt } from '../recall/prompt-sheet.js';

const busyHere = { status: 409, sentence: 'An answer is being written. Wait for it, or stop it.', retryAfter: 0 };

export class MessageActions {
  #room;
  #parts;
  #scroll;
  #editor;
  #focus = null; // Which button gets the focus when its message is there: { id, side, top }

  constructor(room, parts, scroll) {
    this.#room = room;
    this.#parts = parts;
    this.#scroll = scroll;
    const acts = {
      copy: (message, button) => copyText(message.querySelector('chat-markdown').text, button),
      edit: message => this.#editor.open(message),
      regenerate: message => this.#regenerate(message),
      rephrase: message => this.#rephrase(message),
      continue: message => this.#continue(message),
      show: (message, button) => this.#show(message, button),
      branch: (message, button) => this.#branch(message, button),
      prompt: message => openPrompt(message.dataset.turn),
    };
    this.#editor = new MessageEditor(room.conversation, (message, text, key) => this.#edit(message, text, key));
    room.addEventListener('click', event => {
      const button = event.target.closest('[data-act]');
      acts[button?.dataset.act]?.(button.closest('.message'), button);
    });
  }

  /** Nothing of it while a turn of the conversation runs, but what only looks. */
  lock() {
    for (const button of this.#room.querySelectorAll('[data-act]:not([data-act="copy"], [data-act="prompt"])')) {
      button.disabled = this.#room.busy || 'none' in button.dataset;
    }
  }

  /** Takes a message and all after it out of sight; the answer puts them back. */
  hideFrom(message) {
    const hidden = [];
    for (let next = message; next; next = next.nextElementSibling) {
      hidden.push(next);
    }
    if (message?.parentElement === this.#parts.stored) {
      hidden.push(...this.#parts.live.children);
    }
    hidden.forEach(item => { item.hidden = true; });
    return () => hidden.forEach(item => { item.hidden = false; });
  }

  /** Blazor has listed what is stored now. */
  storedChanged() {
    if (!this.#room.busy) {
      this.#parts.stored.querySelectorAll(':scope > [hidden]').forEach(item => { item.hidden = false; });
      this.#editor.reopen(id => this.#find(id));
    }
    this.lock();
    const shown = this.#focus && this.#find(this.#focus.id);
    if (shown) {
      const buttons = [...shown.querySelectorAll('[data-act="show"]')];
      (buttons.find(button => button.dataset.side === this.#focus.side && !button.disabled) ?? buttons.find(button => !button.disabled))?.focus({ preventScroll: true });
      this.#scroll.keep(shown, this.#focus.top);
      this.#focus = null;
    }
  }

  /** What was typed into a message was taken. */
  edited() { this.#editor.close(); }

  async #edit(message, text, key) {
    const letter = { path: 'turns', body: { text, editOf: message.dataset.messageId }, key };
    const refusal = await this.#answered(message, letter, { own: text });
    if (refusal === null) {
      this.#editor.close();
    }
  }

  #regenerate(message) {
    return this.#answered(message, { path: `messages/${message.dataset.messageId}/regenerate`, body: {}, key: newKey() });
  }

  // What was said before an answer that was held back, in other words. It is in the same list, or ends the stored one.
  #rephrase(message) {
    const before = message.previousElementSibling ?? this.#parts.stored.lastElementChild;
    if (before?.matches('.mine[data-message-id]')) {
      this.#editor.open(before);
    }
  }

  #continue(message) {
    const have = message.querySelector('chat-markdown')?.text ?? '';
    return this.#answered(message, { path: `messages/${message.dataset.messageId}/continue`, body: {}, key: newKey() }, { have });
  }

  async #show(message, button) {
    const id = button.dataset.show;
    if (!id || this.#room.busy) {
      return;
    }
    const top = message.getBoundingClientRect().top;
    button.disabled = true;
    const { refusal } = await ask('PUT', `/api/conversations/${this.#room.conversation}/current-message`, { messageId: id });
    if (refusal) {
      this.#refused(message, refusal, () => this.#show(message, button));
      button.disabled = false;
    } else {
      this.#focus = { id, side: button.dataset.side, top };
      this.#room.changed();
    }
  }

  async #branch(message, button) {
    button.disabled = true;
    button.setAttribute('aria-busy', 'true');
    const { answer, refusal } = await ask('POST', `/api/conversations/${this.#room.conversation}/branches`, { messageId: message.dataset.messageId });
    if (answer) {
      location.assign(`/chat/${answer.id}`); // Not through the circuit, which may be away just now.
      return;
    }
    button.disabled = false;
    button.removeAttribute('aria-busy');
    this.#refused(message, refusal, () => this.#branch(message, button));
  }

  async #answered(message, letter, shown = {}) {
    const again = () => this.#answered(message, letter, shown);
    this.#problemOf(message)?.remove();
    const refusal = this.#room.busy ? busyHere : await this.#room.send(letter, { ...shown, from: message });
    if (refusal) {
      this.#refused(message, refusal, again);
    }
    return refusal;
  }

  #refused(message, refusal, again) {
    if (refusal.status === 401) {
      signInAgain();
      return;
    }
    this.#problemOf(message)?.remove();
    const place = document.createElement('div');
    place.className = 'problem act-problem';
    message.firstElementChild.append(place);
    showProblem(place, refusal, again);
    place.scrollIntoView({ block: 'nearest' });
    if (refusal.status === 404 || refusal.status === 409) {
      this.#room.changed(); // What is shown here is not what is stored.
    }
  }

  #problemOf(message) { return message.querySelector('.act-problem'); }

  #find(id) { return this.#parts.stored.querySelector(`[data-message-id="${CSS.escape(id)}"]`); }
}
