// On a phone the sidebar is a drawer over the page.
const narrow = matchMedia('(max-width: 860px)');
let opener = null;

function set(open) {
  const main = document.getElementById('main');
  document.body.toggleAttribute('data-drawer', open);
  if (main) {
    main.inert = open;
  }
  if (open) {
    document.querySelector('#sidebar [data-drawer-close]')?.focus();
  } else if (opener?.isConnected) {
    opener.focus();
    opener = null;
  }
}

const isOpen = () => document.body.hasAttribute('data-drawer');

document.addEventListener('click', event => {
  const button = event.target.closest?.('[data-drawer-open]');
  if (button) {
    opener = button;
    set(true);
  } else if (isOpen() && event.target.closest?.('[data-drawer-close], #sidebar a')) {
    set(false);
  }
});

document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && isOpen() && !document.querySelector('dialog[open]')) {
    set(false);
  }
});

narrow.addEventListener('change', () => {
  if (isOpen()) {
    set(false);
  }
});
