// <form data-start> opens something by a plain post. Here it says so while that takes, and makes a click of what the browser
// takes for none: Blazor puts its own page in the place of the prerendered one when the circuit is up, and a press may begin on
// the one and end on the other.
const buttonAt = event => event.target.closest?.('form[data-start] button');
const valueOf = button => button.form?.querySelector('input').value;
let pressed = null;

document.addEventListener('pointerdown', event => { pressed = event.button === 0 ? buttonAt(event) : null; }, true);
document.addEventListener('pointerup', event => {
  const button = buttonAt(event);
  if (button && pressed && !pressed.isConnected && valueOf(button) === valueOf(pressed)) {
    button.form.requestSubmit(button);
  }
  pressed = null;
}, true);

document.addEventListener('submit', event => {
  const form = event.target.closest('form[data-start]');
  if (form?.hasAttribute('aria-busy')) {
    event.preventDefault();
  } else if (form) {
    form.setAttribute('aria-busy', 'true');
    const label = form.querySelector('[data-label]');
    form.dataset.start = label.textContent;
    label.textContent = 'Opening…';
  }
});

// Back here by the browser's own button, which may bring the page as it was left.
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-start][aria-busy]')) {
    form.removeAttribute('aria-busy');
    form.querySelector('[data-label]').textContent = form.dataset.start;
  }
});
