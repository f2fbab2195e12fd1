// The prompt of an answer, word for word as the model got it.
import { element } from '../chat/elements.js';
import { icon } from '../chat/icons.js';
import { ask } from '../chat/refusal.js';
import { copyText } from '../layout/copy.js';
import { openSheet, sayInSheet } from '../layout/sheet.js';

const parts = {
  persona: 'The character', example: 'Example', summary: 'Summary of what was said before', history: 'Said before',
  question: 'Your message, and what was recalled for it',
};

const number = new Intl.NumberFormat();

/** Opens the prompt of a turn. */
export async function openPrompt(turn) {
  const sheet = openSheet('The exact prompt');
  sayInSheet(sheet, 'Loading…');
  const { answer, refusal } = await ask('GET', `/api/turns/${encodeURIComponent(turn)}/prompt`);
  if (refusal) {
    sayInSheet(sheet, refusal.sentence, true);
    return;
  }
  sheet.title.textContent = answer.isExact === false ? 'The prompt, as it can be told' : 'The exact prompt';
  sheet.body.replaceChildren(element('p', 'prompt-facts', factsOf(answer)), ...answer.messages.map(part));
  const copy = element('button', 'button quiet small', icon('copy'), ' Copy');
  copy.type = 'button';
  copy.addEventListener('click', () => copyText(answer.messages.map(({ role, text }) => `[${role}]\n${text}`).join('\n\n'), copy));
  sheet.foot.append(copy);
}

function factsOf({ model, tokens, tokensCounted, options = {} }) {
  const size = `${number.format(tokens)} tokens`;
  return [
    model,
    tokensCounted ? `${size}, counted by the model` : `about ${size}, estimated`,
    options.temperature != null && `temperature ${options.temperature}`,
    options.topP != null && `top-p ${options.topP}`,
    options.maxOutputTokens != null && `an answer of at most ${number.format(options.maxOutputTokens)}`,
  ].filter(Boolean).join(' · ');
}

function part({ role, part: name, text }) {
  const words = element('pre', '', text);
  words.tabIndex = 0; // It scrolls: the keyboard must reach it.
  words.setAttribute('role', 'region');
  words.setAttribute('aria-label', `${parts[name] ?? name}, ${role}`);
  return element('section', 'prompt-part', element('h3', '', parts[name] ?? name, element('span', 'prompt-role', role)), words);
}
