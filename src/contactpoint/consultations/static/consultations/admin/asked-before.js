/**
 * <asked-before source="…">: what was asked before on the words of the form around it, fetched
 * anew when somebody has stopped typing for a moment. Without script a button does it.
 */

const PAUSE = 1200; // milliseconds without a key

class AskedBefore extends HTMLElement {
  #timer = 0;
  #request = null;

  connectedCallback() {
    const form = this.closest("form");
    form?.addEventListener("input", (event) => {
      if (event.isComposing) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#look(form), PAUSE);
    });
    form?.addEventListener("submit", () => this.#stop());
  }

  disconnectedCallback() {
    this.#stop();
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#request?.abort();
  }

  #look(form) {
    this.#request?.abort();
    const request = new XMLHttpRequest();
    this.#request = request;
    request.responseType = "document";
    request.addEventListener("load", () => {
      const found = request.status === 200 && request.response?.querySelector(".before");
      // Where somebody reads or chooses in the list nothing moves under their hands.
      if (!found || this.contains(document.activeElement)) return;
      const open = new Set(
        [...this.querySelectorAll("details[open] summary")].map((one) => one.textContent),
      );
      this.replaceChildren(document.importNode(found, true));
      for (const one of this.querySelectorAll("summary"))
        if (open.has(one.textContent)) one.parentElement.open = true;
    });
    request.open("POST", this.getAttribute("source"));
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    request.send(new FormData(form));
  }
}

customElements.define("asked-before", AskedBefore);
