// A notice that stays away in this browser once it was dismissed.
class DismissibleNotice extends HTMLElement {
  get #key() { return `dismissed:${this.getAttribute('name')}`; }

  connectedCallback() {
    this.addEventListener('click', this);
    try {
      this.hidden = localStorage.getItem(this.#key) !== null;
    } catch {
      // Without storage it is shown again on each page.
    }
  }

  disconnectedCallback() { this.removeEventListener('click', this); }

  handleEvent(event) {
    if (!event.target.closest('[data-dismiss]')) {
      return;
    }
    this.hidden = true;
    try {
      localStorage.setItem(this.#key, '1');
    } catch {
      // See above.
    }
  }
}

customElements.define('dismissible-notice', DismissibleNotice);
