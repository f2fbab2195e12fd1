// <chat-markdown text="…"> shows Markdown; append(delta) lets it grow. The element owns its children, and whoever renders it
// (Blazor, or the live bubble) sets the attribute alone, so stored and live messages look the same.
import { render, tokensOf } from './sanitize.js';
import { dressCode } from './code-block.js';

const isShown = token => token.type !== 'space' && token.type !== 'def';

class ChatMarkdown extends HTMLElement {
  static observedAttributes = ['text'];

  #text = '';
  #open = 0; // Where the last block begins: what is before it will not change any more.
  #frame = 0;

  /** The Markdown shown. */
  get text() { return this.#text; }

  connectedCallback() {
    if (this.#text === '') {
      this.#take(this.getAttribute('text') ?? '');
    }
  }

  disconnectedCallback() { cancelAnimationFrame(this.#frame); }

  attributeChangedCallback(_name, _old, text) {
    if (this.isConnected) {
      this.#take(text ?? '');
    }
  }

  /** Adds text at the end; it shows with the next frame. */
  append(delta) {
    this.#text += delta;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#grow();
    });
  }

  /** Shows now what was added. */
  flush() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#grow();
  }

  /** Forgets all text. */
  clear() { this.#take(''); }

  /** No more will come: everything is rendered once more as a whole, as it will be when it is loaded again. */
  finish() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#take(this.#text);
  }

  #take(text) {
    this.#text = text;
    this.#open = 0;
    this.replaceChildren(...tokensOf(text).filter(isShown).map(token => this.#block(token, true)));
  }

  // Only what follows the last settled block is parsed again: a long answer costs no more per token than a short one.
  #grow() {
    const tokens = tokensOf(this.#text.slice(this.#open));
    const last = tokens.findLastIndex(isShown);
    if (last < 0) {
      return;
    }
    this.lastElementChild?.remove();
    tokens.forEach((token, index) => {
      if (isShown(token)) {
        this.appendChild(this.#block(token, index < last));
      }
      if (index < last) {
        this.#open += token.raw.length;
      }
    });
  }

  #block(token, whole) {
    const block = document.createElement('div');
    block.className = 'block';
    const fragment = render(token);
    dressCode(fragment, whole);
    block.append(fragment);
    return block;
  }
}

customElements.define('chat-markdown', ChatMarkdown);
