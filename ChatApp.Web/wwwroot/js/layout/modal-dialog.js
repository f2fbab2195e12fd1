// Opens the dialog inside it as a modal one, which keeps the focus and closes on Escape, and gives the focus back at the end.
class ModalDialog extends HTMLElement {
  #before = null;

  connectedCallback() {
    this.#before = document.activeElement;
    queueMicrotask(() => this.querySelector('dialog')?.showModal()); // Blazor adds the children after the element.
  }

  disconnectedCallback() {
    if (this.#before?.isConnected) {
      this.#before.focus();
    }
  }
}

customElements.define('modal-dialog', ModalDialog);
