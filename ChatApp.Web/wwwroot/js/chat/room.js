// <chat-room>: what is being said right now. Turns are posted and followed from here, not through the circuit, so that a token
// costs the server no rendering and an answer outlives a lost circuit. Blazor renders what is stored, around the list that is
// marked data-live; once a message shows up there, its live twin goes.
import { AnswerBubble, ownBubble } from './bubbles.js';
import { Composer } from './composer.js';
import { StickyScroll } from './scroll.js';
import { followTurn } from './turn-stream.js';
import { copyText } from '../layout/copy.js';

/** Events that the page around it listens to (Chat/EventHandlers.cs). */
export const events = ['turnstarted', 'turnended', 'threadstale'];

const unreachable = 'The chat service does not answer just now. Check your connection and try again.';
const staleAfter = 3000;

async function sentenceOf(response) {
  const problem = await response.json().catch(() => ({}));
  return problem.detail ?? Object.values(problem.errors ?? {})[0]?.[0] ?? problem.title ?? unreachable;
}

class ChatRoom extends HTMLElement {
  static observedAttributes = ['turn'];

  #parts = null;
  #composer = null;
  #scroll = null;
  #stored = null;
  #turn = null; // { id, stream, bubble, question } while one is answered.
  #sending = false;
  #stopWanted = false;
  #ended = new Set();
  #hiddenAt = 0;

  get #conversation() { return this.getAttribute('conversation'); }

  get #character() { return this.getAttribute('character'); }

  connectedCallback() { queueMicrotask(() => this.isConnected && this.#open()); } // Blazor adds the children after the element.

  disconnectedCallback() {
    this.#turn?.stream?.close();
    this.#scroll?.close();
    this.#stored?.disconnect();
    document.removeEventListener('keydown', this);
    document.removeEventListener('visibilitychange', this);
    removeEventListener('circuit-back', this);
  }

  attributeChangedCallback() {
    if (this.#parts) {
      queueMicrotask(() => this.#followActive());
    }
  }

  #open() {
    const part = name => this.querySelector(`[data-${name}]`);
    this.#parts = {
      thread: part('thread'), stored: part('stored'), live: part('live'), status: part('status'), problem: part('problem'), problemText: part('problem-text'),
    };
    this.#composer = new Composer(part('composer'), this.#conversation, { onSay: text => this.#say(text), onStop: () => this.#stop() });
    this.#scroll = new StickyScroll(this.#parts.thread, part('jump'));
    this.#stored = new MutationObserver(() => this.#storedChanged());
    this.#stored.observe(this.#parts.stored, { childList: true });

    this.addEventListener('click', event => this.#clicked(event));
    document.addEventListener('keydown', this);
    document.addEventListener('visibilitychange', this);
    addEventListener('circuit-back', this);

    this.#scroll.toEnd();
    this.#followActive();
    if (matchMedia('(pointer: fine)').matches) {
      this.#composer.focus();
    } else {
      // On a phone the composer would raise the keyboard over what one came to read.
      document.querySelector('[data-name]')?.focus({ preventScroll: true });
    }
  }

  handleEvent(event) {
    if (event.type === 'keydown') {
      if (event.key === 'Escape' && (this.#turn || this.#sending) && !document.querySelector('dialog[open], body[data-drawer], .rename')) {
        this.#stop();
      }
      return;
    }

    // While the tab was away, or the circuit, something may have been said on another device.
    if (event.type === 'circuit-back') {
      this.#tell('threadstale');
    } else if (document.hidden) {
      this.#hiddenAt = Date.now();
    } else if (Date.now() - this.#hiddenAt > staleAfter && !this.#turn && !this.#sending) {
      this.#tell('threadstale');
    }
  }

  #clicked(event) {
    const say = event.target.closest('[data-say]');
    const copy = event.target.closest('[data-copy-message]');
    if (say) {
      this.#say(say.dataset.say);
    } else if (copy) {
      copyText(copy.closest('article').querySelector('chat-markdown').text, copy);
    } else if (event.target.closest('[data-retry]') && this.#composer.value) {
      this.#say(this.#composer.value);
    }
  }

  async #say(text) {
    if (this.#turn || this.#sending) {
      return;
    }
    this.#sending = true;
    this.#stopWanted = false;
    this.#parts.problem.hidden = true;
    const key = this.#composer.keyFor(text);
    const own = ownBubble(text);
    const bubble = new AnswerBubble(this.#character);
    this.#parts.live.append(own, bubble.element);
    this.#composer.clear();
    this.#composer.answering = true;
    this.#status(`${this.#character} is writing…`);
    this.#scroll.toEnd();

    const { turn, sentence } = await this.#post(text, key);
    this.#sending = false;
    if (!turn) {
      own.remove();
      bubble.element.remove();
      this.#composer.restore(text);
      this.#composer.answering = false;
      this.#status('');
      this.#parts.problemText.textContent = sentence;
      this.#parts.problem.hidden = false;
      return;
    }

    own.dataset.messageId = turn.userMessageId;
    bubble.element.dataset.messageId = turn.assistantMessageId;
    this.#composer.sent();
    this.#tell('turnstarted');
    this.#follow(turn, bubble, text);
    if (this.#stopWanted) {
      this.#stop();
    }
  }

  async #post(text, key) {
    let response;
    try {
      response = await fetch(`/api/conversations/${this.#conversation}/turns`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
        body: JSON.stringify({ text }),
        signal: AbortSignal.timeout(30_000),
      });
      if (response.ok) {
        return { turn: await response.json() };
      }
    } catch {
      return { sentence: unreachable };
    }
    if (response.status === 401) {
      // The draft is kept, and back here it can be sent.
      location.assign(`/sign-in?returnUrl=${encodeURIComponent(location.pathname)}`);
    } else if (response.status === 409) {
      this.#tell('threadstale'); // Another device of this person was first: its turn is what to follow.
    }
    return { sentence: await sentenceOf(response) };
  }

  // A turn that runs already, when the page is loaded or another device started it: its log is read from the beginning.
  #followActive() {
    const id = this.getAttribute('turn');
    if (!id || this.#turn || this.#sending || this.#ended.has(id)) {
      return;
    }
    const bubble = new AnswerBubble(this.#character);
    bubble.element.dataset.messageId = this.getAttribute('answer');
    this.#parts.live.append(bubble.element);
    this.#composer.answering = true;
    this.#status(`${this.#character} is writing…`);
    const question = this.#parts.stored.querySelector('.mine:last-of-type .said')?.textContent;
    this.#follow({ id, eventsUrl: this.getAttribute('events') }, bubble, question);
  }

  #follow({ id, eventsUrl }, bubble, question) {
    this.#turn = { id, bubble };
    this.#turn.stream = followTurn({ id, eventsUrl }, {
      onDelta: text => bubble.append(text),
      onRestart: () => bubble.restart(),
      onWaiting: waiting => this.#waiting(waiting),
      onEnd: (outcome, sentence) => this.#end(outcome, sentence, question),
    });
  }

  #waiting(waiting) {
    this.toggleAttribute('data-waiting', waiting);
    this.#status(waiting ? 'Connection lost. Reconnecting…' : `${this.#character} is writing…`);
  }

  #end(outcome, sentence, question) {
    const { id, bubble } = this.#turn;
    this.#turn = null;
    this.#ended.add(id);
    bubble.finish();
    if (outcome === 'cancelled') {
      bubble.note('Stopped');
    } else if (outcome !== 'completed') {
      bubble.fail(sentence ?? 'The answer could not be finished.', question);
    }
    this.#composer.answering = false;
    this.#status({ completed: `${this.#character} has answered.`, cancelled: 'Stopped.' }[outcome] ?? 'The answer failed.', true);
    this.#scroll.settle();
    this.#tell('turnended');
  }

  async #stop() {
    if (!this.#turn) {
      this.#stopWanted = this.#sending; // Not accepted yet: stopped as soon as it is.
      return;
    }
    this.#composer.stopping = true;
    try {
      const response = await fetch(`/api/turns/${this.#turn.id}/cancel`, { method: 'POST', signal: AbortSignal.timeout(10_000) });
      if (response.ok) {
        return; // The stream tells the rest.
      }
    } catch {
      // Said below.
    }
    this.#composer.stopping = false;
    this.#status('It could not be stopped. Try again.');
  }

  #storedChanged() {
    for (const live of this.#parts.live.querySelectorAll('[data-message-id]')) {
      if (this.#parts.stored.querySelector(`[data-message-id="${CSS.escape(live.dataset.messageId)}"]`)) {
        live.remove();
      }
    }
    this.#scroll.earlierCame();
  }

  #status(text, forEarsOnly = false) {
    if (this.#parts.status.textContent !== text) {
      this.#parts.status.textContent = text;
    }
    this.#parts.status.classList.toggle('visually-hidden', forEarsOnly);
  }

  #tell(name) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: { conversationId: this.#conversation } }));
  }
}

customElements.define('chat-room', ChatRoom);
