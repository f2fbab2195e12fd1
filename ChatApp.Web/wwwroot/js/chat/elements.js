/** An element with a class and children. */
export function element(name, className, ...children) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
}

/** A button that is one of the message's actions (actions.js). */
export function actButton(act, className, ...children) {
  const button = element('button', className, ...children);
  button.type = 'button';
  button.dataset.act = act;
  return button;
}
