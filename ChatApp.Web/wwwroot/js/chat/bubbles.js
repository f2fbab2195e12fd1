// Messages that are being said now. Chat/MessageView.razor makes the same markup for stored ones: change both together.
import { icon } from './icons.js';

function element(name, className, ...children) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
}

function message(kind, author, ...children) {
  const article = element('article', '', ...children);
  article.setAttribute('aria-label', author);
  return element('li', `message ${kind}`, article);
}

/** What the person says. */
export function ownBubble(text) {
  return message('mine', 'You', element('div', 'bubble', element('p', 'said', text)));
}

/** What the character says, from the typing indicator to the last word. */
export class AnswerBubble {
  #markdown = document.createElement('chat-markdown');
  #bubble = element('div', 'bubble');
  #typing = element('div', 'typing', element('span', ''), element('span', ''), element('span', ''));

  constructor(author) {
    this.#typing.setAttribute('aria-hidden', 'true');
    this.#bubble.append(this.#typing);
    this.element = message('theirs', author, this.#bubble);
    this.element.setAttribute('aria-busy', 'true');
    this.element.classList.add('live');
  }

  get text() { return this.#markdown.text; }

  append(delta) {
    if (this.#typing.isConnected) {
      this.#typing.replaceWith(this.#markdown);
    }
    this.#markdown.append(delta);
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
    this.element.removeAttribute('aria-busy');
    this.element.classList.remove('live');
  }

  note(text) {
    this.element.firstElementChild.append(element('p', 'message-note', text));
  }

  fail(sentence, question) {
    const article = this.element.firstElementChild;
    article.append(element('p', 'message-note danger', icon('alert'), element('span', '', sentence)));
    if (question) {
      const retry = element('button', 'button quiet small', icon('retry'), ' Retry');
      retry.type = 'button';
      retry.dataset.say = question;
      article.append(retry);
    }
  }
}
