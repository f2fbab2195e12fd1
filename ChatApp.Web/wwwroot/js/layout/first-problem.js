// A form that came back with something wrong: its first wrong field has the focus, and with it what is said of it.
const first = document.querySelector('form [aria-invalid="true"]:not([type="hidden"])')
  ?? document.querySelector('form:has(.form-message) :is(input:not([type="hidden"]), button)');
first?.focus();
