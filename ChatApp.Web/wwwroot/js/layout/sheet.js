// A dialog that script opens over the page: it keeps the focus, closes on Escape, on a press beside it and when one goes elsewhere, and
// gives the focus back. It needs no circuit.
import { element } from '../chat/elements.js';
import { icon } from '../chat/icons.js';

let opened = 0;

addEventListener('popstate', () => document.querySelectorAll('dialog.sheet').forEach(sheet => sheet.close()));

/**
 * Opens one.
 * @param {string} title
 * @returns {{body: HTMLElement, foot: HTMLElement, title: HTMLElement, close(): void}}
 */
export function openSheet(title) {
  const before = document.activeElement;
  const heading = element('h2', '', title);
  heading.id = `sheet-${++opened}`;
  heading.tabIndex = -1;
  const leave = element('button', 'icon-button', icon('close'));
  leave.type = 'button';
  leave.setAttribute('aria-label', 'Close');
  const body = element('div', 'sheet-body');
  const foot = element('footer', 'sheet-foot');
  const dialog = element('dialog', 'sheet', element('header', 'sheet-head', heading, leave), body, foot);
  dialog.setAttribute('aria-labelledby', heading.id);

  leave.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', event => {
    if (event.target === dialog || event.target.closest('a[href]:not([download])')) {
      dialog.close();
    }
  });
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (before?.isConnected) {
      before.focus({ preventScroll: true });
    }
  });
  document.body.append(dialog);
  dialog.showModal();
  heading.focus(); // Its beginning is read out, and nothing looks pressed.
  return { body, foot, title: heading, close: () => dialog.close() };
}

/** Shows that something is being loaded, or why it was not. */
export function sayInSheet(sheet, sentence, isProblem = false) {
  const text = element('p', isProblem ? 'sheet-note danger' : 'sheet-note', ...(isProblem ? [icon('alert')] : []), element('span', '', sentence));
  text.setAttribute('role', isProblem ? 'alert' : 'status');
  sheet.body.replaceChildren(text);
}
