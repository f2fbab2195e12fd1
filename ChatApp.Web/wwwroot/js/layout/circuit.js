// Starts the circuit and brings it back. After a restart of the server every tab comes back at once: the waits are spread.
const longestWait = 15_000;

const wait = attempt => Math.random() * Math.min(longestWait, 1000 * 2 ** attempt) + 250;

export function startCircuit() {
  globalThis.Blazor.start({
    circuit: {
      reconnectionOptions: { maxRetries: 40, retryIntervalMilliseconds: attempt => (attempt < 40 ? wait(attempt) : null) },
    },
  });

  const notice = document.getElementById('components-reconnect-modal');
  notice.addEventListener('components-reconnect-state-changed', event => {
    // The server no longer knows this circuit. All there is to lose is on the server or in this tab's drafts.
    if (event.detail.state === 'rejected' || event.detail.state === 'resume-failed') {
      location.reload();
    } else if (event.detail.state === 'hide') {
      dispatchEvent(new Event('circuit-back'));
    }
  });

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
