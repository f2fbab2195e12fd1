// <queue-keys>: the moderators' queue by keyboard. A letter presses the button of the item one is at, which says it too; a switch turns that
// off, for those to whom single letters happen. When an item goes, the focus is at the one that takes its place.
const place = 'queue-keys-off';
const typing = 'input:not([type="checkbox"]), textarea, select, [contenteditable]';

class QueueKeys extends HTMLElement {
  #items = [];
  #at = 0;
  #list = null;
  #seen = null;
  #gone = null;

  connectedCallback() { queueMicrotask(() => this.isConnected && this.#open()); } // Blazor adds the children after the element.

  disconnectedCallback() {
    this.#gone?.abort();
    this.#seen?.disconnect();
  }

  #open() {
    this.#gone = new AbortController();
    const { signal } = this.#gone;
    const keys = this.querySelector('[data-queue-switch]');
    keys.checked = !stored();
    keys.addEventListener('change', () => store(!keys.checked), { signal });
    document.addEventListener('keydown', event => this.#press(event, keys.checked), { signal });
    this.addEventListener('focusin', event => {
      const item = event.target.closest('[data-queue-item]');
      this.#at = item ? this.#items.indexOf(item) : this.#at;
    }, { signal });
    this.#list = this.querySelector('[data-queue]');
    this.#seen = new MutationObserver(() => this.#changed());
    this.#seen.observe(this.#list, { childList: true });
    this.#look();
  }

  #look() { this.#items = [...this.#list.querySelectorAll('[data-queue-item]')]; }

  #press(event, isOn) {
    if (!isOn || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.closest?.(typing) || document.querySelector('dialog[open], body[data-drawer]')) {
      return;
    }
    const key = event.key.toLowerCase();
    if (key === 'j' || key === 'k') {
      const from = this.#items.includes(document.activeElement?.closest('[data-queue-item]')) ? this.#at : -1;
      this.#go(from < 0 ? this.#at : this.#at + (key === 'j' ? 1 : -1));
    } else if (/^[a-z]$/.test(key)) {
      const item = document.activeElement?.closest('[data-queue-item]');
      const button = this.#items.includes(item) ? item.querySelector(`[data-key="${key}"]:not(:disabled)`) : null;
      if (!button) {
        return;
      }
      button.click();
      item.focus({ preventScroll: true }); // The button may be gone at once.
    } else {
      return;
    }
    event.preventDefault();
  }

  #go(to) {
    const item = this.#items[Math.min(Math.max(to, 0), this.#items.length - 1)];
    item?.focus({ preventScroll: true });
    item?.scrollIntoView({ block: 'nearest' });
  }

  #changed() {
    const before = this.#items;
    this.#look();
    if (this.#items.length < before.length && (document.activeElement === document.body || !document.activeElement)) {
      if (this.#items.length > 0) {
        this.#go(this.#at);
      } else {
        this.querySelector('[data-queue-title]')?.focus({ preventScroll: true });
      }
    }
  }
}

function stored() {
  try {
    return localStorage.getItem(place) !== null;
  } catch {
    return false; // Without storage they are on.
  }
}

function store(off) {
  try {
    if (off) {
      localStorage.setItem(place, '1');
    } else {
      localStorage.removeItem(place);
    }
  } catch {
    // It lasts for as long as the page, then.
  }
}

customElements.define('queue-keys', QueueKeys);
