// The documents of one conversation or character: those that are stored, and those on their way. Tells its listeners ("change") what is
// different, and asks the server how the reading goes only while something is unread and somebody looks.
import { listDocuments, readDocument, refusedHere, removeDocument, sendDocument } from './document-api.js';

const soonest = 1000;
const latest = 6000;
const atOnce = 2;

/**
 * @typedef {{key: string, name: string, document: object | null, sent: number | null, refusal: object | null, file: File | null, isFresh: boolean,
 *   giveUp: AbortController | null, removing: boolean}} Item sent is 0 to 1 while the file is on its way; isFresh says that it was added here.
 */
export class Documents extends EventTarget {
  #owner;
  #items = [];
  #timer = 0;
  #wait = soonest;
  #closed = false;
  #made = 0;
  #waiting = [];
  #sending = 0;

  /** Why the list could not be loaded. */
  refusal = null;

  isLoaded = false;

  constructor(owner) {
    super();
    this.#owner = owner;
  }

  /** @returns {Item[]} What was added here first, then the stored ones in the server's order, newest first. */
  get items() { return this.#items; }

  /** Nothing is asked or told from here on; what is on its way still goes. */
  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async load() {
    const { documents, refusal } = await listDocuments(this.#owner);
    this.refusal = refusal ?? null;
    if (documents) {
      this.isLoaded = true;
      documents.forEach(document => this.#take(document));
    }
    this.#changed();
  }

  /** Sends files, a few at a time. */
  add(files) {
    const added = files.map(file => {
      const sentence = refusedHere(file);
      const item = {
        key: `new-${++this.#made}`, name: file.name, document: null, sent: sentence ? null : 0, file, isFresh: true, giveUp: null, removing: false,
        refusal: sentence && { status: 0, sentence, retryAfter: 0, isFinal: true },
      };
      if (!sentence) {
        this.#waiting.push(item);
      }
      return item;
    });
    this.#items.unshift(...added);
    this.#changed();
    this.#sendNext();
  }

  /** Sends once more what was refused. */
  retry(item) {
    item.refusal = null;
    item.sent = 0;
    this.#waiting.push(item);
    this.#changed();
    this.#sendNext();
  }

  /** Deletes a stored one, or gives up one that is on its way. */
  async remove(item) {
    item.giveUp?.abort();
    if (item.document) {
      item.removing = true;
      this.#changed();
      const { refusal } = await removeDocument(item.document.id);
      item.removing = false;
      item.refusal = refusal ?? null;
      if (refusal) {
        this.#changed();
        return;
      }
    }
    this.#waiting = this.#waiting.filter(other => other !== item);
    this.#items = this.#items.filter(other => other !== item);
    this.#changed();
  }

  async #sendNext() {
    const item = this.#sending < atOnce ? this.#waiting.shift() : null;
    if (!item) {
      return;
    }
    this.#sending++;
    item.giveUp = new AbortController();
    const { signal } = item.giveUp;
    const { document, refusal } = await sendDocument(this.#owner, item.file, {
      signal,
      onProgress: part => {
        item.sent = part;
        this.#changed();
      },
    });
    this.#sending--;
    Object.assign(item, { giveUp: null, sent: null });
    if (document) {
      this.#sent(item, document);
    } else if (!signal.aborted) {
      item.refusal = refusal;
    }
    this.#changed();
    this.#sendNext();
  }

  // The same file may be here already: then the one that was there is shown.
  #sent(item, document) {
    const same = this.#items.find(other => other !== item && other.document?.id === document.id);
    if (same) {
      this.#items = this.#items.filter(other => other !== item);
      Object.assign(same, { document, isFresh: true });
    } else {
      Object.assign(item, { document, name: document.name, file: null });
    }
    this.#wait = soonest;
  }

  #take(document) {
    const item = this.#items.find(other => other.document?.id === document.id);
    if (item) {
      item.document = document;
    } else {
      this.#items.push({ key: document.id, name: document.name, document, sent: null, refusal: null, file: null, isFresh: false, giveUp: null, removing: false });
    }
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
    clearTimeout(this.#timer);
    if (!this.#closed && this.#items.some(isUnread)) {
      this.#timer = setTimeout(() => this.#look(), this.#wait);
    }
  }

  async #look() {
    this.#wait = Math.min(this.#wait * 1.4, latest);
    if (!document.hidden) {
      await Promise.all(this.#items.filter(isUnread).map(async item => {
        const { answer, refusal } = await readDocument(item.document.id);
        if (answer) {
          item.document = answer;
        } else if (refusal.status === 404) {
          this.#items = this.#items.filter(other => other !== item);
        }
      }));
    }
    if (!this.#closed) {
      this.#changed();
    }
  }
}

/** The server has it, and has not read it yet. */
export const isUnread = ({ document }) => document?.status === 'queued' || document?.status === 'processing';

/** It could not be read, or not be sent. */
export const isFailed = ({ document, refusal }) => Boolean(refusal) || document?.status === 'failed';
