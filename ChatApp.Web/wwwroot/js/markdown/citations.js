// [1] in an answer becomes a small button, where the answer was given a source of that number. What it opens is found by the message
// that it stands in (recall/turn-recall.js): nothing of the text but the number goes into it.
const mark = /\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]/g;

function button(number) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'cite';
  made.dataset.cite = number;
  made.textContent = number;
  made.setAttribute('aria-label', `Source ${number}`);
  return made;
}

/** Dresses the citations of a fragment; there are the sources 1 to `count`. */
export function dressCitations(fragment, count) {
  if (count < 1) {
    return;
  }
  const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement?.closest('code, pre, a, button, .code-head')) {
      texts.push(walker.currentNode);
    }
  }
  texts.forEach(text => dress(text, number => number >= 1 && number <= count));
}

function dress(node, exists) {
  const text = node.data;
  const pieces = [];
  let end = 0;
  for (const found of text.matchAll(mark)) {
    const numbers = found[1].split(',').map(Number);
    if (numbers.some(exists)) {
      pieces.push(text.slice(end, found.index), ...numbers.map(number => (exists(number) ? button(number) : `[${number}]`)));
      end = found.index + found[0].length;
    }
  }
  if (pieces.length > 0) {
    node.replaceWith(...pieces, text.slice(end));
  }
}
