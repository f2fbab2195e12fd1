// A character's face: its emoji, or its letter where the machine has no glyph for the emoji, on the character's colour.
import { paint } from './accent-scope.js';

const drawn = new Map();

function pixels(text) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 24;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.font = '18px sans-serif';
  context.textBaseline = 'top';
  context.fillText(text, 1, 1);
  return context.getImageData(0, 0, 24, 24).data.join();
}

// A missing glyph is drawn as the same box, whichever it is; the last code point of all is one that no font has.
function hasGlyph(symbol) {
  const first = String.fromCodePoint(symbol.codePointAt(0));
  if (!drawn.has(first)) {
    drawn.set(first, pixels(first) !== pixels('\u{10FFFF}'));
  }
  return drawn.get(first);
}

class CharacterAvatar extends HTMLElement {
  static observedAttributes = ['symbol', 'name', 'accent'];

  connectedCallback() { this.#draw(); }

  attributeChangedCallback() {
    if (this.isConnected) {
      this.#draw();
    }
  }

  #draw() {
    const symbol = this.getAttribute('symbol') ?? '';
    const initial = [...(this.getAttribute('name') ?? '?')][0].toUpperCase();
    const shown = symbol && hasGlyph(symbol) ? symbol : initial;
    this.textContent = shown;
    this.classList.toggle('letter', /^[\p{L}\p{N}]/u.test(shown));
    paint(this, this.getAttribute('accent'));
  }
}

customElements.define('character-avatar', CharacterAvatar);
