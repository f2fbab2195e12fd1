// Keeps the newest message in view for someone who is reading it, and leaves alone someone who is reading further up.
const near = 80;

export class StickyScroll {
  #thread;
  #jump;
  #stuck = true;
  #fromBottom = null;
  #resize;
  #quiet = matchMedia('(prefers-reduced-motion: reduce)');

  constructor(thread, jump) {
    this.#thread = thread;
    this.#jump = jump;
    this.#resize = new ResizeObserver(() => this.settle());
    this.#resize.observe(thread);
    this.#resize.observe(thread.firstElementChild);
    thread.addEventListener('scroll', () => this.#look(), { passive: true });
    thread.addEventListener('click', event => {
      if (event.target.closest('[data-earlier]')) {
        this.#fromBottom = thread.scrollHeight - thread.scrollTop;
      }
    });
    jump.addEventListener('click', () => {
      this.#stuck = true;
      thread.scrollTo({ top: thread.scrollHeight, behavior: this.#quiet.matches ? 'auto' : 'smooth' });
      thread.focus({ preventScroll: true });
    });
  }

  close() { this.#resize.disconnect(); }

  /** Goes to the newest message, wherever one was. */
  toEnd() {
    this.#stuck = true;
    this.settle();
  }

  /** After the content changed: stays at the end, or at the message that was in view when earlier ones came before it. */
  settle() {
    if (this.#fromBottom !== null) {
      this.#thread.scrollTop = this.#thread.scrollHeight - this.#fromBottom;
    } else if (this.#stuck) {
      this.#thread.scrollTop = this.#thread.scrollHeight;
    }
    this.#look();
  }

  /** Keeps a message at this height of the window, whatever came or went around it. */
  keep(message, top) {
    this.#thread.scrollTop += message.getBoundingClientRect().top - top;
    this.#look();
  }

  /** Earlier messages are in: from here on scrolling is the person's again. */
  earlierCame() {
    this.settle();
    this.#fromBottom = null;
  }

  #look() {
    const distance = this.#thread.scrollHeight - this.#thread.scrollTop - this.#thread.clientHeight;
    this.#stuck = distance < near;
    this.#jump.hidden = distance < this.#thread.clientHeight / 2;
  }
}
