// <draft-field name="…" saved="0"> keeps what is typed into the text inside it over a reload, until `saved` changes.
import { storage } from '../chat/storage.js';

class DraftField extends HTMLElement {
  static observedAttributes = ['saved'];

  get #place() { return `draft:${this.getAttribute('name')}`; }

  connectedCallback() {
    this.addEventListener('input', this);
    queueMicrotask(() => this.#restore()); // Blazor adds the children after the element.
  }

  disconnectedCallback() { this.removeEventListener('input', this); }

  attributeChangedCallback(_name, old) {
    if (old !== null) {
      storage.set(this.#place, null);
    }
  }

  handleEvent(event) { storage.set(this.#place, event.target.value || null); }

  #restore() {
    const text = this.querySelector('textarea');
    const kept = storage.get(this.#place);
    if (text && kept && text.value !== kept) {
      text.value = kept;
      text.dispatchEvent(new Event('input', { bubbles: true })); // Blazor takes it from here.
    }
  }
}

customElements.define('draft-field', DraftField);
