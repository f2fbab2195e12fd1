// Runs before the first paint, so that nobody sees a flash of the other theme.
(() => {
  const key = 'theme';
  const root = document.documentElement;
  const preferred = matchMedia('(prefers-color-scheme: light)');

  const stored = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // Storage is switched off: the system's preference it is.
    }
  };
  const apply = () => { root.dataset.theme = stored() ?? (preferred.matches ? 'light' : 'dark'); };

  apply();
  preferred.addEventListener('change', apply);
  addEventListener('storage', apply); // Another tab switched.

  document.addEventListener('click', event => {
    if (!event.target.closest?.('[data-theme-switch]')) {
      return;
    }
    const theme = root.dataset.theme === 'light' ? 'dark' : 'light';
    root.dataset.theme = theme;
    try {
      localStorage.setItem(key, theme);
    } catch {
      // It lasts for as long as the page, then.
    }
  });
})();
