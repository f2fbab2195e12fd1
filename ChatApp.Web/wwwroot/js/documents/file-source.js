// The ways in which files come: chosen, dropped, or pasted.
import { accepted } from './document-api.js';

/** Makes a press of the button choose files. */
export function chooseBy(button, onFiles) {
  button.addEventListener('click', () => {
    const field = document.createElement('input');
    field.type = 'file';
    field.multiple = true;
    field.accept = accepted.join(',');
    field.addEventListener('change', () => onFiles([...field.files]));
    field.click();
  });
}

/** Takes files that are dropped or pasted anywhere in an area. It has data-dropping while files are over it. */
export function takeFrom(area, onFiles) {
  let inside = 0;
  const hasFiles = event => [...(event.dataTransfer?.types ?? [])].includes('Files');
  const over = by => {
    inside = Math.max(0, inside + by);
    area.toggleAttribute('data-dropping', inside > 0);
  };
  area.addEventListener('dragenter', event => hasFiles(event) && over(1));
  area.addEventListener('dragleave', event => hasFiles(event) && over(-1));
  area.addEventListener('dragover', event => hasFiles(event) && event.preventDefault());
  area.addEventListener('drop', event => {
    if (hasFiles(event)) {
      event.preventDefault(); // Else the browser would open it in the place of this page.
      over(-inside);
      onFiles([...event.dataTransfer.files]);
    }
  });
  area.addEventListener('paste', event => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0 && !event.clipboardData.types.includes('text/plain')) {
      event.preventDefault();
      onFiles(files);
    }
  });
}
