// Tells what happened to the conversation in another tab or on another device: at once for a tab of this browser, when one looks
// at the page again, and every now and then while it is in view.
const period = 20_000;

export class Elsewhere {
  #conversation;
  #revision;
  #onNews;
  #timer = 0;
  #looking = false;
  #channel;
  #gone = new AbortController();

  /**
   * @param {string} conversation
   * @param {{revision(): string, onNews(conversation: object | null): void}} page What the page shows, as `<updated, in ms> <running turn>`; and
   * what to do when there is something else. Null stands for a conversation that is there no more.
   */
  constructor(conversation, { revision, onNews }) {
    this.#conversation = conversation;
    this.#revision = revision;
    this.#onNews = onNews;
    this.#channel = new BroadcastChannel(`conversation:${conversation}`);
    this.#channel.addEventListener('message', () => this.look(true));
    const { signal } = this.#gone;
    document.addEventListener('visibilitychange', () => document.hidden || this.look(), { signal });
    addEventListener('focus', () => this.look(), { signal });
    addEventListener('online', () => this.look(), { signal });
    this.#later();
  }

  close() {
    clearTimeout(this.#timer);
    this.#gone.abort();
    this.#channel.close();
  }

  /** Tells the other tabs of this browser that something is different. */
  announce() { this.#channel.postMessage('changed'); }

  /** Asks now. */
  async look(certain = false) {
    if (this.#looking) {
      return;
    }
    this.#looking = true;
    try {
      const response = await fetch(`/api/conversations/${this.#conversation}`, { cache: 'no-store', signal: AbortSignal.timeout(10_000) });
      const conversation = response.ok ? await response.json() : null;
      if (this.#gone.signal.aborted || (!conversation && response.status !== 404)) {
        return;
      }
      if (!conversation || certain || `${Date.parse(conversation.updatedAt)} ${conversation.activeTurn?.id ?? ''}` !== this.#revision()) {
        this.#onNews(conversation);
      }
    } catch {
      // No network just now: there will be another look.
    } finally {
      this.#looking = false;
    }
  }

  #later() {
    this.#timer = setTimeout(async () => {
      if (!document.hidden) {
        await this.look();
      }
      if (!this.#gone.signal.aborted) {
        this.#later();
      }
    }, period * (0.8 + Math.random() * 0.4));
  }
}
