// What each answer was given of memories and documents, as far as this page heard of it or asked for it.
import { ask } from '../chat/refusal.js';

const known = new Map();

/** Announces, with the turn's id as its detail, that something is known of a turn. */
export const recalls = new EventTarget();

/** The turn's own event told it. */
export function keepRecall(turn, recall) {
  known.set(turn, recall);
  recalls.dispatchEvent(new CustomEvent('recall', { detail: turn }));
}

/** What is known already, or null. */
export const knownRecall = turn => known.get(turn) ?? null;

/** @returns {Promise<{recall?: object, refusal?: import('../chat/refusal.js').Refusal}>} */
export async function loadRecall(turn) {
  if (!known.has(turn)) {
    const { answer, refusal } = await ask('GET', `/api/turns/${encodeURIComponent(turn)}/recall`);
    if (refusal) {
      return { refusal };
    }
    keepRecall(turn, answer ?? {});
  }
  return { recall: known.get(turn) };
}

const tones = { joy: 'happy', sadness: 'sad', anger: 'angry', fear: 'worried' };

/** How the person sounded, in a word; null where that is plain, or nobody looked. */
export const toneInWords = recall => tones[recall?.tone] ?? null;
