// <chat-room>: what is being said right now. Turns are posted and followed from here, not through the circuit, so that a token
// costs the server no rendering and an answer outlives a lost circuit. Blazor renders what is stored, around the list that is
// marked data-live; once a message shows up there, its live twin goes.
import { MessageActions } from './actions.js';
import { AnswerBubble, ownBubble } from './bubbles.js';
import { Composer } from './composer.js';
import { Elsewhere } from './elsewhere.js';
import { Outbox } from './outbox.js';
import { signInAgain } from './refusal.js';
import { StickyScroll } from './scroll.js';
import { followTurn } from './turn-stream.js';

/** Events that the page around it listens to (Chat/EventHandlers.cs). */
export const events = ['turnstarted', 'turnended', 'threadstale'];

const staleAfter = 3000;

class ChatRoom extends HTMLElement {
  static observedAttributes = ['turn'];

  #parts = null;
  #composer = null;
  #scroll = null;
  #outbox = null;
  #actions = null;
  #elsewhere = null;
  #stored = null;
  #turn = null; // { id, stream, bubble } while one is answered.
  #sending = null; // Gives up what is being sent.
  #stopWanted = false;
  #ended = new Set();
  #hiddenAt = 0;

  get conversation() { return this.getAttribute('conversation'); }

  get busy() { return Boolean(this.#turn || this.#sending); }

  get #character() { return this.getAttribute('character'); }

  connectedCallback() { queueMicrotask(() => this.isConnected && this.#open()); } // Blazor adds the children after the element.

  disconnectedCallback() {
    this.#turn?.stream?.close();
    this.#scroll?.close();
    this.#stored?.disconnect();
    this.#elsewhere?.close();
    document.removeEventListener('keydown', this);
    document.removeEventListener('visibilitychange', this);
    removeEventListener('circuit-back', this);
  }

  attributeChangedCallback() {
    if (this.#parts) {
      queueMicrotask(() => this.#followStored());
    }
  }

  #open() {
    const part = name => this.querySelector(`[data-${name}]`);
    this.#parts = { stored: part('stored'), live: part('live'), status: part('status') };
    this.#composer = new Composer(this, this.conversation, { onSay: text => this.#say(text), onStop: () => this.#stop() });
    this.#scroll = new StickyScroll(part('thread'), part('jump'));
    this.#outbox = new Outbox(this.conversation);
    this.#actions = new MessageActions(this, this.#parts, this.#scroll);
    this.#elsewhere = new Elsewhere(this.conversation, {
      revision: () => this.getAttribute('revision'),
      onNews: conversation => this.#news(conversation),
    });
    this.#stored = new MutationObserver(() => this.#storedChanged());
    this.#stored.observe(this.#parts.stored, { childList: true });

    this.addEventListener('click', event => {
      const starter = event.target.closest('[data-say]');
      if (starter) {
        this.#say(starter.dataset.say);
      }
    });
    document.addEventListener('keydown', this);
    document.addEventListener('visibilitychange', this);
    addEventListener('circuit-back', this);

    this.#scroll.toEnd();
    if (this.#outbox.left) {
      this.#resume(this.#outbox.left);
    } else {
      this.#actions.storedChanged();
      this.#followStored();
    }
    this.#takeFocus();
  }

  handleEvent(event) {
    if (event.type === 'keydown') {
      if (event.key === 'Escape' && this.busy && !document.querySelector('dialog[open], body[data-drawer], .rename')) {
        this.#stop();
      }
    } else if (event.type === 'circuit-back') {
      this.tell('threadstale'); // What was told while it was away was not heard.
    } else if (document.hidden) {
      this.#hiddenAt = Date.now();
    } else if (Date.now() - this.#hiddenAt > staleAfter && !this.busy) {
      this.tell('threadstale'); // Another branch may be shown elsewhere, which a revision does not tell.
    }
  }

  /** Tells the page around it, for as long as there is a circuit. */
  tell(name) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: { conversationId: this.conversation } }));
  }

  /** Something else is shown than before: here and in the other tabs. */
  changed() {
    this.tell('threadstale');
    this.#elsewhere.announce();
  }

  /**
   * Sends what is to be answered, and shows the answer as it comes.
   * @param {{path: string, body: object, key: string}} letter
   * @param {{own?: string, from?: Element, have?: string}} shown What the person says; the message in whose place all this is shown; the text that
   * the answer goes on from.
   * @returns {Promise<import('./refusal.js').Refusal | null>} Why it was not taken.
   */
  async send(letter, { own, from, have } = {}) {
    const bubble = new AnswerBubble(this.#character, have);
    const said = own === undefined ? [] : [ownBubble(own)];
    if (from?.contains(document.activeElement)) {
      this.#takeFocus();
    }
    const putBack = this.#actions.hideFrom(from);
    this.#parts.live.append(...said, bubble.element);
    this.#status(`${this.#character} is writing…`);
    this.#scroll.toEnd();

    const { turn, refusal } = await this.#deliver(letter);
    if (turn && this.isConnected) {
      this.#parts.live.querySelectorAll('[hidden]').forEach(old => old.remove());
      said[0]?.setAttribute('data-message-id', turn.userMessageId);
      this.#follow(turn, bubble);
      this.#started();
    } else {
      said[0]?.remove();
      bubble.element.remove();
      putBack();
    }
    return refusal ?? null;
  }

  async #say(text) {
    if (this.busy) {
      return;
    }
    const key = this.#composer.keyFor(text);
    this.#composer.clear();
    const refusal = await this.send({ path: 'turns', body: { text }, key }, { own: text });
    if (refusal) {
      this.#composer.refused(text, key, refusal);
      this.#afterRefusal(refusal);
    }
  }

  // The page was left in the moment of sending. The server may have taken it, and Blazor may list it already.
  async #resume(letter) {
    this.#status('Sending…');
    const { turn, refusal } = await this.#deliver(letter);
    if (refusal) {
      const { text, editOf } = letter.body;
      if (text && !editOf) {
        this.#composer.refused(text, letter.key, refusal);
      }
      this.#actions.storedChanged();
      this.#afterRefusal(refusal);
      this.#followStored();
    } else if (this.isConnected) {
      const missing = id => !this.#parts.stored.querySelector(`[data-message-id="${CSS.escape(id)}"]`);
      if (letter.body.text && missing(turn.userMessageId)) {
        const said = ownBubble(letter.body.text);
        said.dataset.messageId = turn.userMessageId;
        this.#parts.live.append(said);
      }
      const bubble = new AnswerBubble(this.#character);
      this.#parts.live.append(bubble.element);
      this.#actions.edited();
      this.#follow(turn, bubble);
      this.#started();
    }
  }

  async #deliver(letter) {
    this.#sending = new AbortController();
    this.#stopWanted = false;
    this.#setBusy();
    const outcome = await this.#outbox.send(letter, {
      signal: this.#sending.signal,
      onTrouble: () => this.#waiting(true),
    });
    this.#sending = null;
    this.toggleAttribute('data-waiting', false);
    if (!outcome.turn) {
      this.#status('');
      this.#setBusy();
    }
    return outcome;
  }

  #afterRefusal({ status }) {
    if (status === 401) {
      signInAgain(); // The draft is kept, and back here it can be sent.
    } else if (status === 409) {
      this.#elsewhere.look(true); // Another device of this person was first: its turn is what to follow.
    }
  }

  #news(conversation) {
    if (!this.busy) {
      this.tell('threadstale');
      this.#followActive(conversation?.activeTurn);
    }
  }

  #followStored() {
    const id = this.getAttribute('turn');
    this.#followActive(id && { id, eventsUrl: this.getAttribute('events'), assistantMessageId: this.getAttribute('answer') });
  }

  // A turn that runs already, when the page is loaded or another device started it: its log is read from the beginning.
  #followActive(turn) {
    if (!turn || this.busy || this.#ended.has(turn.id)) {
      return;
    }
    const bubble = new AnswerBubble(this.#character);
    this.#parts.live.append(bubble.element);
    this.#follow(turn, bubble);
  }

  #follow(turn, bubble) {
    bubble.element.dataset.messageId = turn.assistantMessageId;
    bubble.element.dataset.turn = turn.id;
    this.#turn = { id: turn.id, bubble };
    this.#setBusy();
    this.#status(`${this.#character} is writing…`);
    this.#scroll.settle();
    this.#turn.stream = followTurn(turn, {
      onRecalled: recall => bubble.recalled(turn.id, recall),
      onDelta: text => bubble.append(text),
      onRestart: () => bubble.restart(),
      onModerated: what => bubble.moderated(what),
      onWaiting: waiting => this.#waiting(waiting),
      onEnd: (outcome, sentence, code) => this.#end(outcome, sentence, code),
    }, bubble.text.length);
  }

  #started() {
    this.tell('turnstarted');
    this.#elsewhere.announce();
    if (this.#stopWanted) {
      this.#stop();
    }
  }

  #waiting(waiting) {
    this.toggleAttribute('data-waiting', waiting);
    this.#status(waiting ? 'Connection lost. Reconnecting…' : `${this.#character} is writing…`);
  }

  #end(outcome, sentence, code) {
    const { id, bubble } = this.#turn;
    this.#turn = null;
    this.#ended.add(id);
    bubble.finish();
    if (outcome === 'cancelled') {
      bubble.note('Stopped');
    } else if (code === 'blocked') {
      bubble.hold(sentence);
    } else if (outcome !== 'completed') {
      bubble.fail(sentence ?? 'The answer could not be finished.', outcome === 'failed');
    }
    this.#setBusy();
    const said = { completed: `${this.#character} has answered.`, cancelled: 'Stopped.' }[outcome] ?? 'The answer failed.';
    this.#status(code === 'blocked' ? 'The answer was held back.' : said, true);
    this.#scroll.settle();
    this.tell('turnended');
    this.#elsewhere.announce();
  }

  async #stop() {
    if (!this.#turn) {
      // Not accepted yet: stopped as soon as it is, or given up if nobody answers.
      this.#stopWanted = Boolean(this.#sending);
      this.#sending?.abort();
      return;
    }
    this.#composer.stopping = true;
    try {
      const response = await fetch(`/api/turns/${this.#turn.id}/cancel`, { method: 'POST', keepalive: true, signal: AbortSignal.timeout(10_000) });
      if (response.ok) {
        return; // The stream tells the rest.
      }
    } catch {
      // Said below.
    }
    this.#composer.stopping = false;
    this.#status('It could not be stopped. Try again.');
  }

  #takeFocus() {
    if (matchMedia('(pointer: fine)').matches) {
      this.#composer.focus();
    } else {
      // On a phone the composer would raise the keyboard over what one came to read.
      document.querySelector('[data-name]')?.focus({ preventScroll: true });
    }
  }

  #setBusy() {
    this.#composer.answering = this.busy;
    this.#actions.lock();
  }

  #storedChanged() {
    for (const live of this.#parts.live.querySelectorAll('[data-message-id]')) {
      if (this.#parts.stored.querySelector(`[data-message-id="${CSS.escape(live.dataset.messageId)}"]`)) {
        live.remove();
      }
    }
    this.#actions.storedChanged();
    this.#scroll.earlierCame();
  }

  #status(text, forEarsOnly = false) {
    if (this.#parts.status.textContent !== text) {
      this.#parts.status.textContent = text;
    }
    this.#parts.status.classList.toggle('visually-hidden', forEarsOnly);
  }
}

customElements.define('chat-room', ChatRoom);
