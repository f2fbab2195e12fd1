// Starts the circuit and brings it back. After a restart of the server every tab comes back at once: the waits are spread.
const longestWait = 15_000;

const wait = attempt => Math.random() * Math.min(longestWait, 1000 * 2 ** attempt) + 250;

// What only the circuit can do. The rest of the page does without it.
const circuitOnly = '[data-circuit-only], .conversation-actions, .rename, load-more, .dialog';

export function startCircuit() {
  globalThis.Blazor.start({
    circuit: {
      reconnectionOptions: { maxRetries: 40, retryIntervalMilliseconds: attempt => (attempt < 40 ? wait(attempt) : null) },
    },
  });

  const root = document.documentElement;
  const notice = document.getElementById('components-reconnect-modal');
  notice.addEventListener('components-reconnect-state-changed', event => {
    const { state } = event.detail;
    root.toggleAttribute('data-circuit-away', state !== 'hide');
    // The server no longer knows this circuit. All there is to lose is on the server or in this tab's drafts.
    if (state === 'rejected' || state === 'resume-failed') {
      location.reload();
    } else if (state === 'hide') {
      dispatchEvent(new Event('circuit-back'));
    }
  });

  // A click that is sent to a circuit that is away is lost: links are the browser's then, and what cannot be done is not tried.
  addEventListener('click', event => {
    if (!root.hasAttribute('data-circuit-away')) {
      return;
    }
    if (event.target.closest?.('a[href]:not(.skip-link, [data-reload])')) {
      event.stopPropagation();
    } else if (event.target.closest?.(circuitOnly)) {
      event.stopPropagation();
      event.preventDefault();
      notice.animate?.({ transform: ['none', 'translateX(-6px)', 'translateX(6px)', 'none'] }, { duration: 250 });
    }
  }, true);

  document.addEventListener('click', async event => {
    if (event.target.closest?.('[data-reload]')) {
      event.preventDefault();
      location.reload();
    } else if (event.target.closest?.('[data-reconnect]')) {
      const known = await globalThis.Blazor.reconnect().catch(() => true);
      if (!known) {
        location.reload();
      }
    }
  });
}
