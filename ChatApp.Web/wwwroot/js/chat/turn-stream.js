// Follows a turn's events from their beginning to its end, over however many connections that takes.
const longestWait = 10_000;
const terminal = { completed: 'completed', failed: 'failed', cancelled: 'cancelled' };

/**
 * Follows a turn.
 * @param {{id: string, eventsUrl: string}} turn
 * @param {{onDelta(text: string): void, onRestart(): void, onWaiting(waiting: boolean): void,
 *          onEnd(outcome: 'completed'|'failed'|'cancelled'|'gone', sentence?: string): void}} listener
 * @returns {{close(): void}}
 */
export function followTurn(turn, listener) {
  let source = null;
  let timer = 0;
  let closed = false;
  let lastId = '';
  let length = 0; // How much of the answer has come, in UTF-16 units, as the second half of an event's id counts it.
  let failures = 0;
  let silentAtEnd = false;

  const close = () => {
    closed = true;
    clearTimeout(timer);
    source?.close();
  };
  const end = (outcome, sentence) => {
    close();
    listener.onWaiting(false);
    listener.onEnd(outcome, sentence);
  };

  const heard = event => {
    lastId = event.lastEventId || lastId;
    failures = 0;
    silentAtEnd = false;
    listener.onWaiting(false);
    return JSON.parse(event.data || '{}');
  };

  // The server resumes where a reader was, but a piece that is sent twice must not be read twice.
  const onDelta = event => {
    const { text } = heard(event);
    const offset = Number(lastId.split('-')[1]);
    const fresh = Number.isNaN(offset) ? text.length : Math.min(offset - length, text.length);
    if (fresh > 0) {
      length = Number.isNaN(offset) ? length + fresh : offset;
      listener.onDelta(text.slice(text.length - fresh));
    }
  };

  const open = () => {
    const url = new URL(turn.eventsUrl, location.origin);
    if (lastId) {
      url.searchParams.set('lastEventId', lastId);
    }
    source = new EventSource(url);
    source.addEventListener('open', () => listener.onWaiting(false));
    source.addEventListener('accepted', heard);
    source.addEventListener('usage', heard);
    source.addEventListener('delta', onDelta);
    source.addEventListener('restarted', event => {
      heard(event);
      length = 0;
      listener.onRestart();
    });
    source.addEventListener('completed', event => { heard(event); end('completed'); });
    source.addEventListener('cancelled', event => { heard(event); end('cancelled'); });
    source.addEventListener('failed', event => {
      const problem = heard(event);
      end('failed', problem.detail ?? problem.title);
    });
    source.addEventListener('error', () => {
      if (closed) {
        return;
      }
      listener.onWaiting(true);
      // While it says CONNECTING the browser comes back by itself, with Last-Event-ID. It gives up on any answer but 200.
      if (source.readyState === EventSource.CLOSED) {
        timer = setTimeout(recover, Math.random() * Math.min(longestWait, 500 * 2 ** failures++) + 250);
      }
    });
  };

  // Asks what has become of the turn before opening its events again.
  const recover = async () => {
    let answer;
    try {
      answer = await fetch(`/api/turns/${turn.id}`, { signal: AbortSignal.timeout(10_000) });
    } catch {
      answer = null;
    }
    if (closed) {
      return;
    }
    if (answer?.status === 404 || answer?.status === 401) {
      end('gone', answer.status === 401 ? 'You are signed out. Sign in again to go on.' : 'This answer does not exist any more.');
      return;
    }
    if (!answer?.ok) {
      timer = setTimeout(recover, Math.random() * Math.min(longestWait, 500 * 2 ** failures++) + 500);
      return;
    }
    const { status, error } = await answer.json();
    if (terminal[status] && silentAtEnd) {
      end(terminal[status], error?.detail);
      return;
    }
    silentAtEnd = Boolean(terminal[status]);
    open();
  };

  open();
  return { close };
}
