/**
 * <live-results>: filters, order and typing change the results without a new page. What is shown is
 * the page that the server makes for the same address; without script the links lead there.
 */

const PAUSE = 300; // milliseconds without a key before the results follow
const PARTS = ["found", "main-search-kept"]; // what differs between two searches
const SWITCHER = ".language-switcher";

class LiveResults extends HTMLElement {
  #running = null;
  #timer = 0;
  #form;
  #input;

  connectedCallback() {
    this.#form = document.querySelector(".search-box-large");
    this.#input = this.#form?.querySelector("input[type=search]");
    if (!this.#input) return;
    this.addEventListener("click", (event) => this.#onClick(event));
    this.addEventListener("submit", (event) => this.#onSubmit(event));
    this.#form.addEventListener("submit", (event) => this.#onSubmit(event));
    this.#input.addEventListener("input", () => this.#onInput());
    window.addEventListener("popstate", () => this.#show(window.location.href));
  }

  #onClick(event) {
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const link = event.target.closest("a[href]");
    if (!link || !isPlain || link.hasAttribute("download") || !this.#isOurs(link)) return;
    event.preventDefault();
    this.#show(link.href, { push: true, toTop: Boolean(link.closest(".pagination")) });
  }

  #isOurs(link) {
    return link.origin === window.location.origin && link.pathname === window.location.pathname;
  }

  #onSubmit(event) {
    const query = new URLSearchParams(new FormData(event.target));
    for (const [name, value] of [...query]) if (!value) query.delete(name);
    if (!query.get("q")?.trim()) return; // the server has the page for that
    event.preventDefault();
    this.#show(`${window.location.pathname}?${query}`, { push: true });
  }

  #onInput() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#input.value.trim().length < 3) return;
      const query = new URLSearchParams(new FormData(this.#form));
      this.#show(`${window.location.pathname}?${query}`, { typing: true });
    }, PAUSE);
  }

  /** Parsed by the browser as a document that runs nothing; its parts take the place of ours. */
  #show(address, { push = false, toTop = false, typing = false } = {}) {
    clearTimeout(this.#timer);
    this.#running?.abort();
    const request = new XMLHttpRequest();
    this.#running = request;
    this.setAttribute("aria-busy", "true");
    request.open("GET", address);
    request.responseType = "document";
    // What is not asked to the end is counted by nobody.
    if (typing) request.setRequestHeader("X-Typing", "1");
    request.onload = () => {
      this.removeAttribute("aria-busy");
      const page = request.response;
      if (request.status !== 200 || !page?.getElementById("found")) {
        if (!typing) window.location.assign(address);
        return;
      }
      // Half a word finds nothing yet: what was found before it stays.
      if (typing && page.querySelector(".nothing")) return;
      if (push) window.history.pushState(null, "", address);
      else if (typing) window.history.replaceState(null, "", address);
      this.#replace(page, typing);
      if (toTop) {
        this.scrollIntoView();
        this.#focusTotal();
      }
    };
    request.onerror = () => {
      this.removeAttribute("aria-busy");
      if (!typing) window.location.assign(address);
    };
    request.send();
  }

  #replace(page, typing) {
    const focused = this.contains(document.activeElement) ? document.activeElement.id : "";
    const opened = new Map(
      [...this.querySelectorAll("details[id]")].map((one) => [one.id, one.open]),
    );
    for (const [id, isOpen] of opened) {
      const details = page.getElementById(id);
      if (details && (isOpen || !details.hasAttribute("open"))) details.open = isOpen;
    }
    for (const id of PARTS) swap(document.getElementById(id), page.getElementById(id));
    swap(document.querySelector(SWITCHER), page.querySelector(SWITCHER));
    document.title = page.title;
    const asked = page.getElementById(this.#input.id)?.value ?? "";
    if (!typing && document.activeElement !== this.#input) this.#input.value = asked;
    document.getElementById("live-status").textContent =
      document.getElementById("found-total")?.textContent ?? "";
    if (focused) this.#focus(focused);
  }

  /** The focus stays where it was, or goes to what tells how much there is now. */
  #focus(id) {
    const same = document.getElementById(id) ?? document.getElementById(id.replace(/-not$/, ""));
    if (same) same.focus({ preventScroll: true });
    else this.#focusTotal();
  }

  /** Whoever has turned a page reads on from its head. */
  #focusTotal() {
    const total = document.getElementById("found-total");
    if (!total) return;
    total.tabIndex = -1;
    total.focus({ preventScroll: true });
  }
}

function swap(old, fresh) {
  if (old && fresh) old.replaceWith(document.importNode(fresh, true));
}

customElements.define("live-results", LiveResults);
