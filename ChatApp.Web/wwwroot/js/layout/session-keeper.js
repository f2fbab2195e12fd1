// <session-keeper> has the site keep the session while a page is open, after the machine slept, and when a circuit renewed the tokens
// (`renewed` changes): the answer brings the cookie up to date. Of a session that has ended nothing more is shown.
const every = 4 * 60_000;
const whenAway = 20_000;
const longest = 20_000;

let kept = Date.now();
let asking = false;
let again = false;
let timer = 0;

const isWanted = () => document.querySelector('session-keeper') !== null;

function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(keep, wait);
}

async function keep() {
  if (!isWanted()) {
    return;
  }
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  let state = 'away';
  try {
    const response = await fetch('/session/keep', { method: 'POST', cache: 'no-store', signal: AbortSignal.timeout(longest) });
    state = response.ok ? (await response.json()).state : 'away';
  } catch {
    // No connection: it is tried again.
  }
  asking = false;
  if (state === 'ended') {
    location.reload(); // To the sign-in page, which knows the way back.
    return;
  }
  if (state === 'kept') {
    kept = Date.now();
  }
  later(again ? 0 : state === 'kept' ? every : whenAway);
  again = false;
}

const onWaking = () => {
  if (document.visibilityState === 'visible' && Date.now() - kept > every / 4) {
    keep();
  }
};

document.addEventListener('visibilitychange', onWaking);
addEventListener('pageshow', event => {
  if (event.persisted) {
    keep();
  }
});
addEventListener('online', onWaking);

class SessionKeeper extends HTMLElement {
  static observedAttributes = ['renewed'];

  connectedCallback() { later(every); }

  attributeChangedCallback(_name, old, renewed) {
    if (old !== null && old !== renewed) {
      keep();
    }
  }
}

customElements.define('session-keeper', SessionKeeper);
