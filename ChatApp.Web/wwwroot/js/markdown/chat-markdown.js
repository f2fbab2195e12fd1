// <chat-markdown text="…" sources="2"> shows Markdown, in which [1] and [2] are sources; append(delta) lets it grow. The element owns its children, and whoever renders it
// (Blazor, or the live bubble) sets the attributes alone, so stored and live messages look the same.
import { render, tokensOf } from './sanitize.js';
import { dressCode } from './code-block.js';
import { dressCitations } from './citations.js';

const isShown = token => token.type !== 'space' && token.type !== 'def';

class ChatMarkdown extends HTMLElement {
  static observedAttributes = ['text', 'sources'];

  #text = '';
  #open = 0; // Where the last block begins: what is before it will not change any more.
  #frame = 0;

  get #sources() { return Number(this.getAttribute('sources')) || 0; }

  /** The Markdown shown. */
  get text() { return this.#text; }

  connectedCallback() {
    if (this.#text === '') {
      this.#take(this.getAttribute('text') ?? '');
    }
  }

  disconnectedCallback() { cancelAnimationFrame(this.#frame); }

  attributeChangedCallback(name, old, value) {
    if (this.isConnected && (name === 'text' || old !== value)) {
      this.#take(name === 'text' ? value ?? '' : this.#text);
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
    this.replaceChildren(...tokensOf(text, this.#sources > 0).filter(isShown).map(token => this.#block(token, true)));
  }

  // Only what follows the last settled block is parsed again: a long answer costs no more per token than a short one.
  #grow() {
    const tokens = tokensOf(this.#text.slice(this.#open), this.#sources > 0);
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
    const fragment = render(token, this.#sources > 0);
    dressCode(fragment, whole);
    dressCitations(fragment, this.#sources);
    block.append(fragment);
    return block;
  }
}

customElements.define('chat-markdown', ChatMarkdown);
