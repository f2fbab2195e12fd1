// A code block with its language, a copy button and, once it is whole, colours.
import { icon } from '../chat/icons.js';
import { copyText } from '../layout/copy.js';

const largestHighlighted = 50_000;
let highlighter = null;

const load = () => (highlighter ??= import('../../lib/highlight.js/highlight.min.js').then(module => module.default));

async function colour(code, language) {
  const hljs = await load();
  if (hljs.getLanguage(language) && code.textContent.length <= largestHighlighted) {
    // The highlighter escapes what it is given and adds nothing but spans with a class.
    code.innerHTML = hljs.highlight(code.textContent, { language, ignoreIllegals: true }).value;
  }
}

/** Dresses the code blocks of a fragment; `whole` says that no more text will come to them. */
export function dressCode(fragment, whole) {
  for (const pre of fragment.querySelectorAll('pre')) {
    const code = pre.querySelector('code');
    const language = code.dataset.lang ?? '';
    const head = document.createElement('div');
    head.className = 'code-head';
    const label = document.createElement('span');
    label.textContent = language || 'text';
    const copy = document.createElement('button');
    copy.type = 'button';
    copy.className = 'code-copy';
    copy.append(icon('copy'), 'Copy');
    copy.addEventListener('click', () => copyText(code.textContent, copy));
    head.append(label, copy);

    const block = document.createElement('div');
    block.className = 'code-block';
    pre.replaceWith(block);
    block.append(head, pre);
    pre.tabIndex = 0; // It scrolls sideways: the keyboard must reach it.
    pre.setAttribute('role', 'region');
    pre.setAttribute('aria-label', language ? `Code, ${language}` : 'Code');
    if (whole && language) {
      colour(code, language.toLowerCase());
    }
  }

  for (const table of fragment.querySelectorAll('table')) {
    const frame = document.createElement('div');
    frame.className = 'table-frame';
    frame.tabIndex = 0;
    frame.setAttribute('role', 'region');
    frame.setAttribute('aria-label', 'Table');
    table.replaceWith(frame);
    frame.append(table);
  }
}
