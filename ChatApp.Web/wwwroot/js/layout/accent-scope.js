// Gives what is inside a character's colour as --accent, and as --on-accent what reads well on it at the size of an avatar's letter.

const channel = value => {
  const part = value / 255;
  return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
};

function luminance(hex) {
  const value = Number.parseInt(hex.slice(1), 16);
  return 0.2126 * channel(value >> 16) + 0.7152 * channel((value >> 8) & 255) + 0.0722 * channel(value & 255);
}

export function paint(element, accent) {
  if (!/^#[0-9a-f]{6}$/i.test(accent ?? '')) {
    return; // Not a colour: the site's own stays.
  }
  element.style.setProperty('--accent', accent);
  element.style.setProperty('--on-accent', luminance(accent) > 0.3 ? '#120b1f' : '#ffffff');
}

class AccentScope extends HTMLElement {
  static observedAttributes = ['accent'];

  connectedCallback() { paint(this, this.getAttribute('accent')); }

  attributeChangedCallback(_name, _old, accent) { paint(this, accent); }
}

customElements.define('accent-scope', AccentScope);
