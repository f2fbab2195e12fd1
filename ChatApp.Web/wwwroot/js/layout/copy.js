// Copies text and says so on the button for a moment.
const shown = 1600;

async function write(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // Without https there is no clipboard but this old way.
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'visually-hidden';
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}

export async function copyText(text, button) {
  await write(text);
  button.classList.add('done');
  button.dataset.label ??= button.getAttribute('aria-label') ?? '';
  button.setAttribute('aria-label', 'Copied');
  setTimeout(() => {
    button.classList.remove('done');
    if (button.dataset.label) {
      button.setAttribute('aria-label', button.dataset.label);
    } else {
      button.removeAttribute('aria-label');
    }
  }, shown);
}
