// What every page uses.
import './layout/character-avatar.js';
import './layout/accent-scope.js';
import './layout/local-time.js';

document.addEventListener('click', event => {
  if (event.target.closest?.('.skip-link')) {
    event.preventDefault();
    document.getElementById('main')?.focus();
  }
});
