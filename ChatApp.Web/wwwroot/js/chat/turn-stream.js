// Follows a turn's events from their beginning to its end, over however many connections that takes.
import { secondsOf } from './refusal.js';
import { readEvents } from './sse.js';

const heartbeat = 15_000; // The server is never silent for longer.
const longestWait = 10_000;
const endings = ['completed', 'failed', 'cancelled'];

/**
 * Follows a turn.
 * @param {{id: string, eventsUrl: string}} turn
 * @param {{onRecalled(recall: object): void, onDelta(text: string): void, onRestart(): void, onModerated(what: object): void,
 *          onWaiting(waiting: boolean): void, onEnd(outcome: 'completed'|'failed'|'cancelled'|'gone', sentence?: string, code?: string): void}} listener
 * @param {number} length How much of the answer is there already, in UTF-16 units.
 * @returns {{close(): void}}
 */
export function followTurn(turn, listener, length = 0) {
  const closed = new AbortController();
  let connection = null;
  let goOn = null; // Ends a wait.
  let heardAt = 0;
  let lastId = '';
  let failures = 0;
  let doubted = false; // The turn has ended, and yet nothing more came.

  const end = (outcome, sentence, code) => {
    if (!closed.signal.aborted) {
      close();
      listener.onWaiting(false);
      listener.onEnd(outcome, sentence, code);
    }
  };

  // All of them at once come back after a restart of the server: the waits are spread.
  const soon = () => 50 + Math.random() * 950;
  const later = () => {
    if (closed.signal.aborted) {
      return 0;
    }
    listener.onWaiting(true);
    return 100 + Math.random() * Math.min(longestWait, 500 * 2 ** failures++);
  };
  const fromTheStart = () => {
    lastId = '';
    length = 0;
    listener.onRestart();
  };

  const take = ({ id, type, data }) => {
    lastId = id || lastId;
    failures = 0;
    doubted = false;
    const content = JSON.parse(data || '{}');
    if (type === 'delta') {
      // The second half of an event's id counts the text up to it: a piece that is sent twice is not read twice.
      const offset = Number(lastId.split('-')[1]);
      const fresh = Math.min(offset - length, content.text.length);
      if (fresh > 0) {
        length = offset;
        listener.onDelta(content.text.slice(content.text.length - fresh));
      }
    } else if (type === 'recalled') {
      listener.onRecalled(content);
    } else if (type === 'restarted') {
      length = 0;
      listener.onRestart();
    } else if (type === 'moderated') {
      if (content.action === 'block') {
        length = 0; // The text is taken back, as by a restart.
      }
      listener.onModerated(content);
    } else if (endings.includes(type)) {
      end(type, content.detail ?? content.title, content.code);
    }
  };

  // What has become of the turn, when its stream does not say.
  const enquire = async () => {
    const response = await fetch(`/api/turns/${turn.id}`, { cache: 'no-store', signal: connection.signal });
    if (!response.ok) {
      return refused(response);
    }
    const { status, error } = await response.json();
    if (!endings.includes(status)) {
      return later();
    }
    if (doubted) {
      end(status, error?.detail, error?.code);
    } else {
      doubted = true;
      fromTheStart();
    }
    return 0;
  };

  const refused = response => {
    if (response.status === 404) {
      end('gone', 'This answer does not exist any more.');
    } else if (response.status === 401) {
      end('gone', 'You are signed out. Sign in again to go on.');
    } else if (response.status === 400 && lastId) {
      fromTheStart();
      return later();
    }
    return Math.max(later(), secondsOf(response) * 1000);
  };

  // Reads for as long as the connection lasts, and answers how long to wait before the next.
  const read = async () => {
    const response = await fetch(turn.eventsUrl, {
      headers: lastId ? { Accept: 'text/event-stream', 'Last-Event-ID': lastId } : { Accept: 'text/event-stream' },
      cache: 'no-store',
      signal: connection.signal,
    });
    if (response.status === 204) {
      return enquire();
    }
    if (!response.ok) {
      return refused(response);
    }
    heardAt = Date.now();
    listener.onWaiting(false);
    let events = 0;
    await readEvents(response.body, {
      onBytes: () => { heardAt = Date.now(); },
      onEvent: event => {
        events++;
        take(event);
      },
    });
    return events > 0 ? soon() : enquire();
  };

  const run = async () => {
    while (!closed.signal.aborted) {
      connection = new AbortController();
      heardAt = Date.now();
      let wait;
      try {
        wait = await read();
      } catch {
        wait = closed.signal.aborted ? 0 : later();
      }
      connection.abort();
      if (wait > 0 && !closed.signal.aborted) {
        await new Promise(done => {
          goOn = done;
          setTimeout(done, wait);
        });
        goOn = null;
      }
    }
  };

  // Someone looks again, or there is a network again: no more waiting, and no trust in a connection that should have been heard of.
  const wake = () => {
    failures = 0;
    if (goOn) {
      goOn();
    } else if (Date.now() - heardAt > heartbeat * 1.3) {
      connection?.abort();
    }
  };
  const onVisible = () => document.hidden || wake();
  const watch = setInterval(() => Date.now() - heardAt > heartbeat * 2.3 && connection?.abort(), 5000);
  document.addEventListener('visibilitychange', onVisible, { signal: closed.signal });
  addEventListener('online', wake, { signal: closed.signal });
  addEventListener('pageshow', wake, { signal: closed.signal });

  function close() {
    closed.abort();
    clearInterval(watch);
    connection?.abort();
    goOn?.();
  }

  run();
  return { close };
}
