// A piece of a document as an answer was given it, with the pieces before and after it, and the document to take along.
import { element } from '../chat/elements.js';
import { icon } from '../chat/icons.js';
import { ask } from '../chat/refusal.js';
import { openSheet } from '../layout/sheet.js';

/** Where in its document a piece stands. */
export const placeOf = ({ heading, page }) => [heading, page ? `Page ${page}` : ''].filter(Boolean).join(' · ');

/** Opens a snippet. Its words are there at once; what is around them is asked for. */
export function openSnippet(snippet) {
  const sheet = openSheet(snippet.documentName);
  const place = element('p', 'source-place', placeOf(snippet));
  const text = element('p', 'source-text', snippet.text);
  const note = element('p', 'sheet-note');
  note.setAttribute('role', 'status');
  const before = way('left', 'Before', 'The piece before');
  const after = way('right', 'After', 'The piece after');
  const download = element('a', 'button quiet small', icon('download'), ' Document');
  download.href = `api/documents/${encodeURIComponent(snippet.documentId)}/content`;
  download.download = '';
  download.hidden = true;
  sheet.body.append(place, text, note);
  sheet.foot.append(before, after, download);

  const show = async chunkId => {
    before.disabled = after.disabled = true;
    const { answer, refusal } = await ask('GET', `/api/documents/${encodeURIComponent(snippet.documentId)}/chunks/${encodeURIComponent(chunkId)}`);
    if (refusal) {
      note.textContent = refusal.status === 404 ? 'The document is not here any more. This is what the answer was given of it.' : refusal.sentence;
      download.hidden ||= refusal.status === 404;
      return;
    }
    note.textContent = '';
    place.textContent = placeOf(answer);
    text.textContent = answer.text;
    sheet.body.scrollTop = 0;
    download.hidden = false;
    lead(before, answer.previousChunkId);
    lead(after, answer.nextChunkId);
  };
  const lead = (button, chunkId) => {
    button.disabled = !chunkId;
    button.onclick = () => show(chunkId);
  };
  return show(snippet.chunkId);
}

function way(name, label, title) {
  const button = element('button', 'button quiet small', ...(name === 'left' ? [icon(name), label] : [label, icon(name)]));
  button.type = 'button';
  button.disabled = true;
  button.title = title;
  return button;
}
