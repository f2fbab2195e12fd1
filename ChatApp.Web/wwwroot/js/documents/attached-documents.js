// <attached-documents owner="conversations/…">: above the composer, what was just attached and how far it is. All documents of the
// conversation are a press away. Its children are its own.
import { element } from '../chat/elements.js';
import { icon } from '../chat/icons.js';
import { openSheet } from '../layout/sheet.js';
import { showRows, stateOf } from './document-row.js';
import { Documents, isFailed, isUnread } from './documents.js';
import { chooseBy, takeFrom } from './file-source.js';

class AttachedDocuments extends HTMLElement {
  #documents = null;
  #list = element('ul', 'document-chips');
  #all = element('button', 'documents-all');
  #heard = element('p', 'visually-hidden');
  #rows = new Map();
  #told = new Map();
  #gone = new AbortController();

  connectedCallback() { queueMicrotask(() => this.isConnected && this.#open()); } // Blazor adds what is around it after the element.

  disconnectedCallback() {
    this.#gone.abort();
    this.#documents?.close();
  }

  #open() {
    const room = this.closest('chat-room');
    this.#documents = new Documents(this.getAttribute('owner'));
    this.#documents.addEventListener('change', () => this.#show());
    this.#list.setAttribute('role', 'list');
    this.#list.setAttribute('aria-label', 'Attached documents');
    this.#all.type = 'button';
    this.#all.hidden = true;
    this.#all.addEventListener('click', () => this.#openAll());
    this.#heard.setAttribute('role', 'status');
    this.replaceChildren(this.#list, this.#all, this.#heard);
    const add = files => this.#documents.add(files);
    chooseBy(room.querySelector('[data-attach]'), add);
    takeFrom(room, add);
    addEventListener('beforeunload', event => {
      if (this.#documents.items.some(({ sent }) => sent !== null)) {
        event.preventDefault(); // A file that is half sent cannot be picked up again.
      }
    }, { signal: this.#gone.signal });
    this.#documents.load();
  }

  #show() {
    const { items } = this.#documents;
    const shown = items.filter(item => item.isFresh || isUnread(item) || isFailed(item));
    showRows(this.#list, this.#rows, shown, this.#documents);
    const stored = items.filter(item => item.document).length;
    this.#all.hidden = stored === 0;
    this.#all.replaceChildren(icon('file'), `${stored} ${stored === 1 ? 'document' : 'documents'}`);
    this.#tell(shown);
  }

  // What has come to an end is read out, once.
  #tell(items) {
    for (const item of items) {
      const end = isFailed(item) ? stateOf(item) : item.document?.status === 'ready' ? 'is read, and answers can draw on it.' : '';
      if (end && this.#told.get(item.key) !== end) {
        this.#heard.textContent = isFailed(item) ? `${item.name}: ${end}` : `${item.name} ${end}`;
      }
      this.#told.set(item.key, end);
    }
  }

  #openAll() {
    const sheet = openSheet('Documents of this conversation');
    const shelf = document.createElement('document-shelf');
    shelf.documents = this.#documents;
    sheet.body.append(shelf);
  }
}

customElements.define('attached-documents', AttachedDocuments);
