// Messages that are being said now. Chat/MessageView.razor makes the same markup for stored ones: change both together.
import { actButton, element } from './elements.js';
import { icon } from './icons.js';
import { heldBack, rephraseButton } from './moderated.js';
import { keepRecall } from '../recall/recalls.js';

function message(kind, author, ...children) {
  const article = element('article', '', ...children, element('footer', 'message-foot'));
  article.setAttribute('aria-label', author);
  return element('li', `message ${kind}`, article);
}

/** What the person says. */
export function ownBubble(text) {
  return message('mine', 'You', element('div', 'bubble', element('p', 'said', text)));
}

/** What the character says, from the typing indicator, or from the text that it goes on from, to the last word. */
export class AnswerBubble {
  #markdown = document.createElement('chat-markdown');
  #bubble = element('div', 'bubble');
  #moderated = null;
  #typing = element('div', 'typing', element('span', ''), element('span', ''), element('span', ''));

  constructor(author, text = '') {
    this.#typing.setAttribute('aria-hidden', 'true');
    this.#bubble.append(this.#typing);
    this.element = message('theirs', author, this.#bubble);
    this.element.setAttribute('aria-busy', 'true');
    this.element.classList.add('live');
    if (text) {
      this.append(text);
      this.#markdown.flush();
    }
  }

  get text() { return this.#markdown.text; }

  append(delta) {
    if (this.#typing.parentNode) {
      this.#typing.replaceWith(this.#markdown);
    }
    this.#markdown.append(delta);
  }

  /** The text is not to be shown, or was covered in part. */
  moderated(what) {
    this.#moderated = what;
    if (what.action === 'block') {
      this.restart();
    }
  }

  restart() {
    this.#markdown.clear();
    this.#markdown.replaceWith(this.#typing);
  }

  finish() {
    this.#markdown.finish();
    this.#typing.remove();
    if (this.text === '') {
      this.#bubble.remove();
    }
    if (this.#moderated?.action === 'redact') {
      this.note('Parts of this answer are covered.');
    }
    this.element.removeAttribute('aria-busy');
    this.element.classList.remove('live');
  }

  /** What the answer is given of memories and documents, before it begins. */
  recalled(turn, recall) {
    keepRecall(turn, recall);
    if (recall.notice && !this.element.querySelector('.help-notice')) {
      this.element.firstElementChild.prepend(element('p', 'help-notice', icon('info'), element('span', '', recall.notice)));
    }
    this.#markdown.setAttribute('sources', recall.snippets?.length ?? 0);
    const line = this.element.querySelector('turn-recall') ?? document.createElement('turn-recall');
    line.setAttribute('turn', turn);
    line.setAttribute('memories', recall.memories?.length ?? 0);
    line.setAttribute('snippets', recall.snippets?.length ?? 0);
    this.#foot.before(line);
  }

  note(text) {
    this.#afterText.before(element('p', 'message-note', text));
  }

  /** It was held back: in its place is said what it was about, and what one can do. */
  hold(sentence) {
    const { category, notice, itemId } = this.#moderated ?? {};
    this.#afterText.before(heldBack('answer', { category, itemId, sentence: notice ?? sentence }, [rephraseButton()]));
  }

  fail(sentence, mayRetry) {
    this.#afterText.before(element('p', 'message-note danger', icon('alert'), element('span', '', sentence)));
    if (mayRetry) {
      this.#afterText.before(element('div', 'message-ways', actButton('regenerate', 'button quiet small', icon('retry'), ' Retry')));
    }
  }

  get #foot() { return this.element.querySelector('.message-foot'); }

  get #afterText() { return this.element.querySelector('turn-recall') ?? this.#foot; }
}
