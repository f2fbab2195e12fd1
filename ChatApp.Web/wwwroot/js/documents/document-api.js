// Documents as the Api has them. `owner` is conversations/<id> or characters/<id>.
import { ask, noAnswer, signInAgain } from '../chat/refusal.js';

/** What can be read. The server looks at the content and has the last word. */
export const accepted = ['.txt', '.md', '.html', '.csv', '.json', '.pdf', '.docx'];

const largest = 25 * 1024 * 1024;
const mostListed = 500;
const longestSilence = 60_000;

/** Why it makes no sense to send a file; null when it may well. */
export function refusedHere({ name, size }) {
  if (!accepted.some(end => name.toLowerCase().endsWith(end))) {
    return `Only ${accepted.join(', ')} can be read.`;
  }
  if (size > largest) {
    return `It has ${sizeOf(size)}; 25 MB is the most that is taken.`;
  }
  return size === 0 ? 'It is empty.' : null;
}

/** A size in words. */
export function sizeOf(bytes) {
  return bytes < 1024 ? `${bytes} B` : bytes < 1024 ** 2 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

/** All documents of an owner, in the server's order. */
export async function listDocuments(owner) {
  const documents = [];
  let cursor = null;
  do {
    const { answer, refusal } = await ask('GET', `/api/${owner}/documents?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    if (refusal) {
      return { refusal };
    }
    documents.push(...answer.items);
    cursor = answer.nextCursor;
  } while (cursor && documents.length < mostListed);
  return { documents };
}

/** One document; a refusal of 404 when it is gone. */
export const readDocument = id => ask('GET', `/api/documents/${encodeURIComponent(id)}`);

/** Deletes one. That it is gone already is as good. */
export async function removeDocument(id) {
  const { refusal } = await ask('DELETE', `/api/documents/${encodeURIComponent(id)}`);
  return refusal && refusal.status !== 404 ? { refusal } : {};
}

/**
 * Sends a file. Only XMLHttpRequest tells how much of it is gone.
 * @param {string} owner
 * @param {File} file
 * @param {{signal: AbortSignal, onProgress(part: number): void}} listener part is 0 to 1.
 * @returns {Promise<{document?: object, refusal?: import('../chat/refusal.js').Refusal}>}
 */
export function sendDocument(owner, file, { signal, onProgress }) {
  return new Promise(done => {
    const request = new XMLHttpRequest();
    let silence = 0;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => request.abort(), longestSilence);
    };
    const failed = () => done({ refusal: noAnswer() });
    request.open('POST', `/api/${owner}/documents`);
    request.responseType = 'json';
    request.upload.addEventListener('progress', event => {
      heard();
      onProgress(event.total > 0 ? event.loaded / event.total : 0);
    });
    request.addEventListener('load', () => done(outcomeOf(request)));
    request.addEventListener('error', failed);
    request.addEventListener('abort', failed);
    request.addEventListener('loadend', () => clearTimeout(silence));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    const form = new FormData();
    form.append('file', file);
    request.send(form);
    heard();
  });
}

function outcomeOf({ status, response }) {
  if (status >= 200 && status < 300 && response) {
    return { document: response };
  }
  if (status === 401) {
    signInAgain();
  }
  const sentence = response?.detail ?? Object.values(response?.errors ?? {})[0]?.[0] ?? response?.title
    ?? (status === 413 ? 'It is larger than what is taken.' : noAnswer().sentence);
  return { refusal: { status, sentence, retryAfter: 0, isFinal: [400, 403, 404, 413, 415].includes(status) } };
}
