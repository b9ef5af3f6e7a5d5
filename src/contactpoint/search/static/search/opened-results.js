/**
 * <opened-results question="…" action="/en/search/opened">: tells the site once that one of the
 * links inside marked `data-result` was followed. Which one is not said; without script nothing is.
 */

class OpenedResults extends HTMLElement {
  #told = "";

  connectedCallback() {
    for (const kind of ["click", "auxclick"]) this.addEventListener(kind, (event) => this.#hear(event));
  }

  #hear(event) {
    const question = this.getAttribute("question");
    const isOpening = event.type === "click" || event.button === 1;
    if (!isOpening || this.#told === question || !event.target.closest("a[data-result]")) return;
    this.#told = question;
    fetch(this.getAttribute("action"), {
      method: "POST",
      body: new URLSearchParams({ q: question }),
      keepalive: true,
      credentials: "omit",
    }).catch(() => {});
  }
}

customElements.define("opened-results", OpenedResults);
