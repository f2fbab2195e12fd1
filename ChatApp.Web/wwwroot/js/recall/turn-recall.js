// <turn-recall turn memories snippets changed>: the quiet line under an answer that says what it drew on, and what was done about memory. It
// draws itself, so that it is the same under a stored answer (Chat/MessageView.razor) and under one that is being written (chat/bubbles.js).
import { element } from '../chat/elements.js';
import { icon } from '../chat/icons.js';
import { openRecall } from './recall-sheet.js';
import { knownRecall, loadRecall, recalls, toneInWords } from './recalls.js';
import { openSnippet } from './source-sheet.js';

const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;

class TurnRecall extends HTMLElement {
  static observedAttributes = ['turn', 'memories', 'snippets'];

  #drawn = '';

  get #turn() { return this.getAttribute('turn'); }

  connectedCallback() {
    recalls.addEventListener('recall', this);
    this.#draw();
    if (this.hasAttribute('changed')) {
      loadRecall(this.#turn); // What was done about memory is in no count; it draws again once that is known.
    }
  }

  disconnectedCallback() { recalls.removeEventListener('recall', this); }

  attributeChangedCallback() {
    if (this.isConnected) {
      this.#draw();
    }
  }

  handleEvent(event) {
    if (event.type === 'click') {
      openRecall(this.#turn, this.closest('chat-room'));
    } else if (event.detail === this.#turn) {
      this.#draw();
    }
  }

  #draw() {
    const { forgotten = [], pinned = false, note = null } = knownRecall(this.#turn) ?? {};
    const tone = toneInWords(knownRecall(this.#turn));
    const memories = Number(this.getAttribute('memories')) || 0;
    const snippets = Number(this.getAttribute('snippets')) || 0;
    const said = [
      memories > 0 && `Remembered ${count(memories, 'thing', 'things')}`,
      snippets > 0 && count(snippets, 'source', 'sources'),
      tone && `You sounded ${tone}`,
    ].filter(Boolean).join(' · ');
    const notes = [...forgotten.map(text => `Forgot: ${text}`), ...(pinned ? ['Will remember this'] : []), ...(note ? [note] : [])];
    const drawn = JSON.stringify([said, notes]);
    if (drawn === this.#drawn) {
      return; // What has the focus keeps it.
    }
    this.#drawn = drawn;
    this.replaceChildren(...notes.map(text => element('p', 'message-note', icon('memory'), element('span', '', text))));
    if (said) {
      const line = element('button', 'recall-line', icon('memory'), element('span', '', said));
      line.type = 'button';
      line.setAttribute('aria-haspopup', 'dialog');
      line.addEventListener('click', this);
      this.append(line);
    }
  }
}

customElements.define('turn-recall', TurnRecall);

// A citation opens the piece that the answer was given under this number.
document.addEventListener('click', async event => {
  const cite = event.target.closest?.('[data-cite]');
  const turn = cite?.closest('[data-turn]')?.dataset.turn;
  if (!turn) {
    return;
  }
  const { recall } = await loadRecall(turn);
  const snippet = recall?.snippets?.find(({ number }) => number === Number(cite.dataset.cite));
  if (snippet) {
    openSnippet(snippet);
  } else {
    openRecall(turn, cite.closest('chat-room')); // It says what is wrong.
  }
});
