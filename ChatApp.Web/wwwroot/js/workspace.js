// The pages behind sign-in: what every page uses, and the chat. None of it waits for the circuit, which circuit.js starts.
import './site.js';
import './layout/drawer.js';
import './layout/modal-dialog.js';
import './layout/load-more.js';
import './layout/dismissible-notice.js';
import './layout/start-form.js';
import './markdown/chat-markdown.js';
import './layout/draft-field.js';
import './recall/turn-recall.js';
import './documents/attached-documents.js';
import './documents/document-shelf.js';
import './moderation/queue-keys.js';
import './chat/room.js';
