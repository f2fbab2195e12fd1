// The pages behind sign-in: what every page uses, the chat, and the circuit, in this order: Blazor must know the chat's events
// before it renders a component that listens to them.
import './site.js';
import './layout/drawer.js';
import './layout/modal-dialog.js';
import './layout/load-more.js';
import './layout/dismissible-notice.js';
import './layout/signed-out.js';
import './markdown/chat-markdown.js';
import { events } from './chat/room.js';
import { startCircuit } from './layout/circuit.js';

for (const name of events) {
  globalThis.Blazor.registerCustomEventType(name, { createEventArgs: event => event.detail });
}
startCircuit();
