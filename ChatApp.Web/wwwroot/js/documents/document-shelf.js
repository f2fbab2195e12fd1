// <document-shelf owner="characters/…" name="…">: all documents of a character or a conversation, to add to and to take from. Its
// children are its own.
import { element } from '../chat/elements.js';
import { icon } from '../chat/icons.js';
import { accepted } from './document-api.js';
import { showRows } from './document-row.js';
import { Documents } from './documents.js';
import { chooseBy, takeFrom } from './file-source.js';

class DocumentShelf extends HTMLElement {
  /** Set before it is on the page, it shows these instead of loading its own. */
  documents = null;

  #list = element('ul', 'document-list');
  #note = element('p', 'document-note');
  #rows = new Map();
  #own = false;

  connectedCallback() {
    this.#own = this.documents === null;
    this.documents ??= new Documents(this.getAttribute('owner'));
    this.documents.addEventListener('change', this);
    this.#list.setAttribute('role', 'list');
    this.#note.setAttribute('role', 'status');
    const add = element('button', 'button primary', icon('plus'), ' Add documents');
    add.type = 'button';
    const hint = element('p', 'document-hint', `Drop files here, or choose them: ${accepted.join(', ')}, up to 25 MB each.`);
    this.replaceChildren(element('div', 'document-add', add, hint), this.#note, this.#list);
    chooseBy(add, files => this.documents.add(files));
    takeFrom(this, files => this.documents.add(files));
    if (this.#own) {
      this.#note.textContent = 'Loading…';
      this.documents.load();
    } else {
      this.#show();
    }
  }

  disconnectedCallback() {
    this.documents.removeEventListener('change', this);
    if (this.#own) {
      this.documents.close();
    }
  }

  handleEvent() { this.#show(); }

  #show() {
    const { items, refusal, isLoaded } = this.documents;
    const note = refusal?.sentence ?? (isLoaded && items.length === 0 ? this.#nothing : '');
    if (this.#note.textContent !== note) {
      this.#note.textContent = note;
    }
    this.#note.classList.toggle('danger', Boolean(refusal));
    showRows(this.#list, this.#rows, items, this.documents);
  }

  get #nothing() {
    const name = this.getAttribute('name');
    return name
      ? `Nothing yet. What you add here, ${name} can draw on in every conversation, and says where it stands.`
      : 'Nothing yet. What you add here, answers in this conversation can draw on, and say where it stands.';
  }
}

customElements.define('document-shelf', DocumentShelf);
