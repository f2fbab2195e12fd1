// Buttons beside what is shown once: data-copy="id" copies the text of that element, data-print prints the page.
import { copyText } from './copy.js';

const shown = 1600;

const textOf = element => (element.children.length > 0 ? [...element.children].map(child => child.innerText.trim()).join('\n') : element.innerText.trim());

document.addEventListener('click', async event => {
  const copy = event.target.closest?.('[data-copy]');
  if (copy) {
    await copyText(textOf(document.getElementById(copy.dataset.copy)), copy);
    const label = copy.querySelector('span');
    label.textContent = 'Copied';
    setTimeout(() => { label.textContent = 'Copy'; }, shown);
  } else if (event.target.closest?.('[data-print]')) {
    print();
  }
});
