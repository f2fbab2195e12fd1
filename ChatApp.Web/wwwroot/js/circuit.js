// The circuit. Blazor must know the chat's events before it renders a component that listens to them.
import { events } from './chat/room.js';
import { startCircuit } from './layout/circuit.js';

for (const name of events) {
  globalThis.Blazor.registerCustomEventType(name, { createEventArgs: event => event.detail });
}
startCircuit();
