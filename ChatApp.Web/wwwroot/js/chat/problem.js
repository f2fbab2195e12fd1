// Says, where something was tried, why it did not work, and offers to try it again as soon as that makes sense.
import { icon } from './icons.js';
import { heldBack } from './moderated.js';

/** Shows a refusal in its place. The button waits for as long as the server asked to be left alone. */
export function showProblem(place, { sentence, retryAfter, blocked }, onRetry) {
  place.classList.toggle('blocked', Boolean(blocked));
  if (blocked) {
    showBlocked(place, { ...blocked, sentence });
    return;
  }
  const text = document.createElement('p');
  text.setAttribute('role', 'alert');
  const retry = document.createElement('button');
  retry.type = 'button';
  retry.className = 'button quiet small';
  retry.addEventListener('click', () => {
    place.hidden = true;
    onRetry();
  });
  const label = document.createElement('span');
  retry.append(icon('retry'), label);
  place.replaceChildren(icon('alert'), text, retry);
  place.hidden = false;
  text.textContent = sentence; // After it is on the page, so that it is read out.

  const until = Date.now() + retryAfter * 1000;
  const count = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    retry.disabled = left > 0;
    label.textContent = left > 0 ? `Retry in ${left} s` : 'Retry';
    if (left > 0 && retry.isConnected) {
      setTimeout(count, 250);
    }
  };
  count();
}

// The same words would be refused again: what helps is other words, or an appeal.
function showBlocked(place, why) {
  const notice = heldBack('message', why);
  notice.setAttribute('role', 'alert');
  place.replaceChildren();
  place.hidden = false;
  place.append(notice); // After it is on the page, so that it is read out.
}
