// Markdown of a model becomes DOM that can do no harm. Three walls: raw HTML is shown as text, not taken as HTML; what the
// parser made passes an allow-list; and the page's content policy runs and loads nothing foreign.
import { Marked } from '../../lib/marked/marked.esm.js';
import '../../lib/dompurify/purify.min.js';

const escape = text => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`);

const options = {
  gfm: true,
  breaks: true,
  renderer: {
    // Models put <br> into table cells, where Markdown has no other way to break a line.
    html: ({ text }) => (/^<br\s*\/?>$/i.test(text.trim()) ? '<br>' : escape(text)),
    // Loading an image would tell its host that, when and where from this was read: it is a link that one may follow.
    image: ({ href, text }) => `<a href="${escape(href)}">${escape(text || 'Image')}</a>`,
    code: ({ text, lang }) => `<pre><code data-lang="${escape((lang ?? '').match(/^[\w+#-]{1,20}/)?.[0] ?? '')}">${escape(text)}\n</code></pre>`,
  },
};

const plain = new Marked(options);

// Where [1] is a source, the text cannot make it a link to somewhere else: "[1]: https://…" defines nothing there.
const citing = new Marked(options, { tokenizer: { def: text => (/^ {0,3}\[\d{1,3}\]:/.test(text) ? undefined : false) } });

const parserOf = cites => (cites ? citing : plain);

const allowed = {
  ALLOWED_TAGS: [
    'p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'strong', 'em', 'del', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li',
    'table', 'thead', 'tbody', 'tr', 'th', 'td', 'a', 'input',
  ],
  ALLOWED_ATTR: ['href', 'title', 'align', 'start', 'type', 'checked', 'disabled', 'data-lang'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  // The expression is asked of every attribute that is not named here.
  ADD_URI_SAFE_ATTR: ['title', 'align', 'start', 'type', 'checked', 'disabled', 'data-lang'],
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:)/i,
  RETURN_DOM_FRAGMENT: true,
};

// What a link is called is the model's word; where it leads is said beside it, in ASCII, so that look-alikes show.
function showHost(link) {
  const called = link.textContent.trim().replace(/^https?:\/\//i, '');
  if (link.host && link.host !== location.host && called !== link.host && !called.startsWith(`${link.host}/`)) {
    const host = document.createElement('span');
    host.className = 'link-host';
    host.textContent = link.host;
    link.append(' ', host);
  }
}

/** All tokens of a text, blank lines too, so that their sources add up to it. `cites` says that its [1] may be a source. */
export const tokensOf = (text, cites) => parserOf(cites).lexer(text);

/** One block as a fragment that is safe to show. */
export function render(token, cites) {
  const fragment = globalThis.DOMPurify.sanitize(parserOf(cites).parser([token]), allowed);
  for (const link of fragment.querySelectorAll('a')) {
    if (link.hasAttribute('href')) {
      link.target = '_blank';
      link.rel = 'noopener noreferrer nofollow';
      showHost(link);
    }
  }
  for (const box of fragment.querySelectorAll('input')) {
    box.type = 'checkbox';
    box.disabled = true;
  }
  return fragment;
}
