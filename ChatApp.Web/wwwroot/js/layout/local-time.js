// A time as a person in this place would say it.
const minute = 60_000;
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' });
const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const dayOfYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });

export function say(date, now = new Date()) {
  const ago = now - date;
  if (ago < minute) {
    return 'just now';
  }
  if (ago < 60 * minute) {
    return relative.format(-Math.round(ago / minute), 'minute');
  }
  if (date.toDateString() === now.toDateString()) {
    return clock.format(date);
  }
  return (date.getFullYear() === now.getFullYear() ? day : dayOfYear).format(date);
}

class LocalTime extends HTMLElement {
  static observedAttributes = ['datetime'];

  connectedCallback() { this.refresh(); }

  attributeChangedCallback() { this.refresh(); }

  refresh() {
    const date = new Date(this.getAttribute('datetime') ?? '');
    if (Number.isNaN(date.getTime())) {
      this.textContent = '';
      return;
    }
    this.textContent = say(date);
    this.title = full.format(date);
  }
}

customElements.define('local-time', LocalTime);
setInterval(() => document.querySelectorAll('local-time').forEach(time => time.refresh()), minute);
