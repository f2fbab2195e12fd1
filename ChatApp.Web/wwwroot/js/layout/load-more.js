// A button that is pressed by scrolling to it; without script, or in a hurry, it is just a button.
class LoadMore extends HTMLElement {
  #observer = null;

  connectedCallback() {
    this.#observer = new IntersectionObserver(entries => {
      if (entries.some(entry => entry.isIntersecting)) {
        this.#observer.disconnect();
        this.querySelector('button')?.click();
      }
    }, { rootMargin: '120px' });
    this.#observer.observe(this);
  }

  disconnectedCallback() { this.#observer?.disconnect(); }
}

customElements.define('load-more', LoadMore);
