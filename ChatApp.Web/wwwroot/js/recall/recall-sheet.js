// What one answer was given: each memory with where it comes from and why it was recalled, each piece of a document with its number.
import { element } from '../chat/elements.js';
import { icon } from '../chat/icons.js';
import { openSheet, sayInSheet } from '../layout/sheet.js';
import { loadRecall, toneInWords } from './recalls.js';
import { openSnippet, placeOf } from './source-sheet.js';

const whyNot = {
  small_talk: 'The message asked for nothing that needed it.',
  switched_off: 'Remembering is switched off.',
  stays_inside: 'Memories are kept from outside providers, and one of them answered.',
  unavailable: 'The memory did not answer in time.',
};

/** Opens what the answer of a turn drew on. */
export async function openRecall(turn, room) {
  const character = room?.getAttribute('character') ?? 'The character';
  const sheet = openSheet('What this answer drew on');
  sayInSheet(sheet, 'Loading…');
  const { recall, refusal } = await loadRecall(turn);
  if (refusal) {
    sayInSheet(sheet, refusal.sentence, true);
    return;
  }
  const { memories = [], snippets = [], memoryReason, knowledgeReason } = recall;
  const parts = [
    ...toneOf(recall),
    ...part('Remembered', memories.map(memory => memoryItem(memory, character)), memoryReason),
    ...part('From documents', snippets.map(snippetItem), knowledgeReason),
  ];
  sheet.body.replaceChildren(...(parts.length > 0 ? parts : [element('p', 'recalled-none', 'Nothing but this conversation.')]));
  const id = room?.getAttribute('character-id');
  if (id) {
    const all = element('a', 'button quiet small', `All that ${character} remembers`);
    all.href = `memory/${encodeURIComponent(id)}`;
    sheet.foot.append(all);
  }
}

function part(title, items, reason) {
  const list = element('ul', 'recalled-list', ...items);
  list.setAttribute('role', 'list');
  const why = items.length === 0 ? whyNot[reason] : null;
  if (items.length === 0 && !why) {
    return [];
  }
  return [element('section', 'recalled-part', element('h3', '', title), why ? element('p', 'recalled-none', why) : list)];
}

function memoryItem({ kind, speaker, text, saidAt, pinned, reasons = [], conversationId }, character) {
  const who = kind === 'note' ? 'Your note' : kind === 'fact' ? `${character} noted` : speaker === 'user' ? 'You said' : `${character} said`;
  const time = document.createElement('local-time');
  time.setAttribute('datetime', saidAt);
  const meta = element('p', 'memory-meta', element('span', '', who), time);
  if (pinned) {
    meta.prepend(element('span', 'memory-pin', 'Pinned'));
  }
  if (conversationId) {
    const link = element('a', '', 'Conversation');
    link.href = `chat/${encodeURIComponent(conversationId)}`;
    meta.append(link);
  }
  return element('li', 'recalled', element('p', 'recalled-text', text), meta, ...whyOf(reasons));
}

function snippetItem(snippet) {
  const open = element('button', 'recalled-source', element('span', 'cite', String(snippet.number)), element('span', '', snippet.documentName), icon('right'));
  open.type = 'button';
  open.addEventListener('click', () => openSnippet(snippet));
  const place = placeOf(snippet);
  return element('li', 'recalled', open, ...(place ? [element('p', 'memory-meta', place)] : []), element('p', 'recalled-text clamped', snippet.text), ...whyOf(snippet.reasons ?? []));
}

const whyOf = reasons => (reasons.length > 0 ? [element('p', 'reasons', `Because: ${reasons.join(' · ')}`)] : []);

function toneOf(recall) {
  const tone = toneInWords(recall);
  return tone ? [element('section', 'recalled-part', element('h3', '', 'Tone'), element('p', 'recalled-text', `You sounded ${tone}, and the answer may take that up. Whether it looks at that is a switch of your account.`))] : [];
}
