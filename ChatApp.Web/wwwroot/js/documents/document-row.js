// One document in a list: what it is, how far it is, and what can be done with it. The elements stay while what they say changes, so
// that a button keeps the focus.
import { element } from '../chat/elements.js';
import { icon } from '../chat/icons.js';
import { sizeOf } from './document-api.js';
import { isFailed } from './documents.js';

const secondPress = 4000;

/** How a document is, in a few words. */
export function stateOf({ document, sent, refusal }) {
  if (refusal) {
    return refusal.sentence;
  }
  if (!document) {
    return sent ? `Sending, ${Math.round(sent * 100)} %` : 'Waiting to be sent';
  }
  const { status, progress, error, pages, bytes } = document;
  if (status === 'failed') {
    return error?.detail ?? 'It could not be read.';
  }
  if (status === 'ready') {
    return [pages ? `${pages} ${pages === 1 ? 'page' : 'pages'}` : '', sizeOf(bytes)].filter(Boolean).join(' · ');
  }
  return progress?.total > 0 ? `Being read, ${progress.done} of ${progress.total}` : 'Waiting to be read';
}

export class DocumentRow {
  #item = null;
  #documents;
  #name = element('span', 'document-name');
  #state = element('span', 'document-state');
  #bar = document.createElement('progress');
  #retry = element('button', 'link-button', 'Try again');
  #download = element('a', 'icon-button small', icon('download'));
  #remove = element('button', 'icon-button small', icon('close'));
  #asked = 0;

  constructor(documents) {
    this.#documents = documents;
    this.#retry.type = this.#remove.type = 'button';
    this.#download.download = '';
    this.#bar.max = 1;
    this.#bar.setAttribute('aria-hidden', 'true'); // The words beside it say the same.
    const text = element('span', 'document-text', this.#name, this.#state, this.#bar);
    this.element = element('li', 'document', icon('file'), text, this.#retry, this.#download, this.#remove);
    this.#retry.addEventListener('click', () => this.#documents.retry(this.#item));
    this.#remove.addEventListener('click', () => this.#askToRemove());
    this.#remove.addEventListener('blur', () => this.#mean(false));
  }

  update(item) {
    this.#item = item;
    const { document: stored, refusal, sent, name, removing } = item;
    const part = sent ?? (stored?.status === 'processing' && stored.progress?.total > 0 ? stored.progress.done / stored.progress.total : null);
    this.element.classList.toggle('failed', isFailed(item));
    this.element.classList.toggle('ready', stored?.status === 'ready' && !refusal);
    this.#name.textContent = name;
    this.#name.title = name;
    this.#state.textContent = stateOf(item);
    this.#bar.hidden = part === null || Boolean(refusal);
    this.#bar.value = part ?? 0;
    this.#retry.hidden = !refusal || refusal.isFinal || !item.file;
    this.#download.hidden = stored?.status !== 'ready';
    this.#download.href = stored ? `api/documents/${encodeURIComponent(stored.id)}/content` : '';
    this.#download.setAttribute('aria-label', `Download ${name}`);
    this.#remove.disabled = removing;
    this.#label();
  }

  // What is read is removed by a second press alone.
  #askToRemove() {
    if (this.#item.document?.status !== 'ready' || this.#asked) {
      this.#mean(false);
      this.#documents.remove(this.#item);
    } else {
      this.#mean(true);
    }
  }

  #mean(asked) {
    clearTimeout(this.#asked);
    this.#asked = asked ? setTimeout(() => this.#mean(false), secondPress) : 0;
    this.#remove.replaceChildren(asked ? 'Remove?' : icon('close'));
    this.#remove.className = asked ? 'button danger small' : 'icon-button small';
    this.#label();
  }

  #label() {
    const what = this.#item.document || this.#item.refusal ? 'Remove' : 'Stop sending';
    this.#remove.setAttribute('aria-label', this.#asked ? `Remove? Press again to remove ${this.#item.name}` : `${what} ${this.#item.name}`);
    this.#remove.title = what;
  }
}

/** Makes a list's children those of the items, keeping the rows that are there. */
export function showRows(list, rows, items, documents) {
  for (const [key, row] of rows) {
    if (!items.some(item => item.key === key)) {
      row.element.remove();
      rows.delete(key);
    }
  }
  items.forEach((item, place) => {
    const row = rows.get(item.key) ?? new DocumentRow(documents);
    rows.set(item.key, row);
    row.update(item);
    if (list.children[place] !== row.element) {
      list.insertBefore(row.element, list.children[place] ?? null);
    }
  });
}
