// What every page uses.
import './layout/character-avatar.js';
import './layout/accent-scope.js';
import './layout/local-time.js';
import './layout/session-keeper.js';
import './layout/signed-out.js';
import './layout/once.js';
import './layout/first-problem.js';

document.addEventListener('click', event => {
  if (event.target.closest?.('.skip-link')) {
    event.preventDefault();
    document.getElementById('main')?.focus();
  }
});
