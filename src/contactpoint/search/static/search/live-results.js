/**
 * <live-results>: filters, order and typing change the results without a new page. What is shown is
 * the page that the server makes for the same address; without script the links lead there.
 */

const PAUSE = 300; // milliseconds without a key before the results follow
// What differs between two searches: the results, what leads to them, where else they are had.
const PARTS = [
  "#search-lead",
  "#found",
  "#main-search-kept",
  ".language-switcher",
  "link[type='application/atom+xml']",
];
const SHORTEST = 3; // letters of a question that is looked up while it is typed

class LiveResults extends HTMLElement {
  #running = null;
  #timer = 0;
  #isTyped = false; // whether what is typed has a place in the history already
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
    window.addEventListener("popstate", () =>
      this.#show(window.location.href, { back: true }),
    );
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
      const size = this.#input.value.trim().length;
      if (size && size < SHORTEST) return;
      const query = new URLSearchParams(new FormData(this.#form));
      if (!size) query.delete("q");
      const tail = query.size ? `?${query}` : "";
      this.#show(window.location.pathname + tail, { typing: true, emptied: !size });
    }, PAUSE);
  }

  /** Parsed by the browser as a document that runs nothing; its parts take the place of ours. */
  #show(address, { push = false, toTop = false, typing = false, emptied = false, back = false } = {}) {
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
        this.#giveUp(address, typing);
        return;
      }
      this.#tellBehind(false);
      // Half a word finds nothing yet: what was found before it stays.
      if (typing && !emptied && page.querySelector(".nothing")) return;
      if (push || typing) this.#remember(address, typing);
      else this.#isTyped = false;
      this.#replace(page, typing);
      if (back) this.#input.value = page.getElementById(this.#input.id)?.value ?? "";
      if (toTop) {
        this.scrollIntoView();
        this.#focusTotal();
      }
    };
    request.onerror = () => {
      this.removeAttribute("aria-busy");
      this.#giveUp(address, typing);
    };
    request.send();
  }

  /** What is typed in one go is one step back, and so is the same when it is sent. */
  #remember(address, typing) {
    const isHere = new URL(address, window.location.href).href === window.location.href;
    if (this.#isTyped && (typing || isHere)) window.history.replaceState(null, "", address);
    else if (!typing || !isHere) window.history.pushState(null, "", address);
    this.#isTyped = typing && (this.#isTyped || !isHere);
  }

  /** The browser says best why a page can't be had, but nobody who types wants to leave this one. */
  #giveUp(address, typing) {
    if (typing) this.#tellBehind(true);
    else window.location.assign(address);
  }

  /** Says that what is shown does not answer what stands in the box, or no longer says so. */
  #tellBehind(isBehind) {
    const behind = document.getElementById("live-behind");
    behind.hidden = !isBehind;
    if (isBehind) document.getElementById("live-status").textContent = behind.textContent.trim();
  }

  #replace(page, typing) {
    const focused = document.activeElement;
    const isOurs = this.contains(focused);
    const opened = new Map(
      [...this.querySelectorAll("details[id]")].map((one) => [one.id, one.open]),
    );
    for (const [id, isOpen] of opened) {
      const details = page.getElementById(id);
      if (details && (isOpen || !details.hasAttribute("open"))) details.open = isOpen;
    }
    for (const part of PARTS) swap(document.querySelector(part), page.querySelector(part));
    document.title = page.title;
    const asked = page.getElementById(this.#input.id)?.value ?? "";
    if (!typing && document.activeElement !== this.#input) this.#input.value = asked;
    document.getElementById("live-status").textContent =
      document.getElementById("found-total")?.textContent ?? "";
    if (isOurs) this.#focus(focused.id);
  }

  /** The focus stays where it was, or goes to what tells how much there is now. */
  #focus(id) {
    const same =
      id && (document.getElementById(id) ?? document.getElementById(id.replace(/-not$/, "")));
    if (same) same.focus({ preventScroll: true });
    else this.#focusTotal();
  }

  /** Whoever has turned a page reads on from its head; where nothing is asked, from the start. */
  #focusTotal() {
    const [head] = ["found-total", "start-h", "found"]
      .map((id) => document.getElementById(id))
      .filter(Boolean);
    head.tabIndex = -1;
    head.focus({ preventScroll: true });
  }
}

function swap(old, fresh) {
  if (old && fresh) old.replaceWith(document.importNode(fresh, true));
}

customElements.define("live-results", LiveResults);
