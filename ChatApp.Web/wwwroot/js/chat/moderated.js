// What was held back, as the person is told: calmly, what it is about, and what one can do. Moderation/HeldBack.razor makes the same markup for
// stored messages, and Moderation/ModerationWords.cs has the same words: change them together.
import { actButton, element } from './elements.js';
import { icon } from './icons.js';

const categories = {
  sexual: 'sexual content', hate: 'hate', violence: 'violence', selfHarm: 'self-harm', illegal: 'help with something illegal',
  minors: 'sexual content with minors',
};

const help = 'If you are thinking of hurting yourself, you do not have to be alone with it: talk to somebody you trust, or call the emergency number where you are.';

/** The category within a sentence. */
export const categoryInWords = category => categories[category] ?? 'what this site does not allow';

/**
 * The notice in the place of a text.
 * @param {'message' | 'answer'} what
 * @param {{category?: string, itemId?: string, sentence?: string}} why The sentence is the server's; without one there are words of this page's.
 * @param {Element[]} ways What one can do there.
 */
export function heldBack(what, { category, itemId, sentence }, ways = []) {
  const appeal = element('a', 'button quiet small', 'Appeal');
  appeal.href = itemId ? `account/moderation?item=${encodeURIComponent(itemId)}` : 'account/moderation';
  const title = element('p', 'held-back-title', icon('shield'), element('span', '', `${what === 'message' ? 'Not sent' : 'Not shown'}: ${categoryInWords(category)}`));
  const said = sentence ?? `This ${what} was held back. Say it in other words, or appeal: then a person looks at it.`;
  const lines = [element('p', '', said)];
  if (category === 'selfHarm' && !sentence) {
    lines.push(element('p', '', help));
  }
  return element('div', 'held-back', title, ...lines, element('div', 'held-back-ways', ...ways, appeal));
}

/** Opens what the person said before the answer, to say it in other words. */
export const rephraseButton = () => actButton('rephrase', 'button quiet small', icon('pencil'), ' Rephrase');
