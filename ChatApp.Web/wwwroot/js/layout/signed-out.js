// Who signs out in one tab is signed out in all of them: the others would go on showing what was said.
const channel = new BroadcastChannel('signed-out');

document.addEventListener('submit', event => {
  if (event.target.matches('[data-sign-out]')) {
    // Once the answer to the form replaces this page, the cookie is gone.
    addEventListener('pagehide', () => channel.postMessage('now'), { once: true });
  }
});
channel.addEventListener('message', () => {
  if (document.querySelector('session-keeper')) {
    location.reload();
  }
});
