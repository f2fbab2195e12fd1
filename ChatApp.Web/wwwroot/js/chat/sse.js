// Server-sent events from a fetch. Unlike EventSource this shows the status of an answer and the heartbeat between events, so that
// a connection that is dead without saying so can be told from a quiet one.

/**
 * Reads events until the body ends.
 * @param {ReadableStream<Uint8Array>} body
 * @param {{onEvent(event: {id: string, type: string, data: string}): void, onBytes(): void}} listener
 */
export async function readEvents(body, { onEvent, onBytes }) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return; // What is left is half an event: it comes again.
    }
    onBytes();
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const event = parse(block);
      if (event.type) {
        onEvent(event);
      }
    }
  }
}

function parse(block) {
  const event = { id: '', type: '', data: '' };
  for (const line of block.split('\n')) {
    const [, field, value] = /^(id|event|data): ?(.*)$/s.exec(line) ?? [];
    if (field) {
      event[field === 'event' ? 'type' : field] = value;
    }
  }
  return event;
}
