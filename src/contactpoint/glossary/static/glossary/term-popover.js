/* Shows the definition of a marked term beside it: on pointing, on keyboard focus, on the first tap.
   Without this file, or where it fails, the mark is what it always is: a link to the concept.
   The definition comes as data and becomes text nodes; nothing here parses markup. */

const OPEN_AFTER = 250;
const CLOSE_AFTER = 250;
const EDGE = 16;
const GAP = 6;
const TERMS = "a.term";

const asked = new Map();

function brief(link) {
  const address = new URL("brief/", link.href).href;
  if (!asked.has(address)) {
    const answer = fetch(address).then((response) => {
      if (!response.ok) throw new Error(`${address}: ${response.status}`);
      return response.json();
    });
    answer.catch(() => asked.delete(address));
    asked.set(address, answer);
  }
  return asked.get(address);
}

function element(name, kind, text) {
  const made = document.createElement(name);
  made.className = kind;
  made.textContent = text;
  return made;
}

const termOf = (target) => (target instanceof Element ? target.closest(TERMS) : null);

class TermPopover extends HTMLElement {
  #link = null; // whose definition is shown
  #wanted = null; // whose definition was asked for last
  #cause = "";
  #timer = 0;
  #pressed = { pointer: "", wasOpen: false };

  connectedCallback() {
    this.id = "term-popover";
    this.popover = "auto"; // Escape, the back gesture and a tap beside it close it
  }

  listen() {
    this.addEventListener("toggle", (event) => event.newState === "closed" && this.#closed());
    document.addEventListener("pointerover", (event) => this.#pointed(event));
    document.documentElement.addEventListener("pointerleave", () => this.#leave());
    document.addEventListener("focusin", (event) => this.#focused(event));
    document.addEventListener("pointerdown", (event) => this.#down(event), { capture: true });
    document.addEventListener("click", (event) => this.#clicked(event));
  }

  get #isOpen() {
    return this.matches(":popover-open");
  }

  #pointed(event) {
    if (event.pointerType !== "mouse") return;
    const link = termOf(event.target);
    if (link && link !== this.#link) {
      this.#later(() => this.#show(link, "pointer"), OPEN_AFTER);
    } else if (link || this.contains(event.target)) {
      clearTimeout(this.#timer);
    } else {
      this.#leave();
    }
  }

  #leave() {
    clearTimeout(this.#timer);
    this.#wanted = this.#link;
    if (this.#isOpen && this.#cause === "pointer") this.#later(() => this.hidePopover(), CLOSE_AFTER);
  }

  #later(action, wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, wait);
  }

  #focused(event) {
    const link = termOf(event.target);
    if (link?.matches(":focus-visible")) {
      this.#show(link, "focus");
    } else if (this.#isOpen && !this.contains(event.target) && link !== this.#link) {
      this.hidePopover();
    }
  }

  #down(event) {
    // Before a tap counts as a tap beside the popover and closes it.
    const link = termOf(event.target);
    const wasOpen = this.#isOpen && link !== null && link === this.#link;
    this.#pressed = { pointer: event.pointerType, wasOpen };
  }

  async #clicked(event) {
    const link = termOf(event.target);
    const byFinger = event.detail > 0 && ["touch", "pen"].includes(this.#pressed.pointer);
    if (!link || !byFinger || this.#pressed.wasOpen) return;
    event.preventDefault();
    if (!(await this.#show(link, "touch"))) location.assign(link.href);
  }

  /* Whether there was something to show. */
  async #show(link, cause) {
    clearTimeout(this.#timer);
    this.#wanted = link;
    let found;
    try {
      found = await brief(link);
    } catch {
      return false;
    }
    if (this.#wanted !== link || !link.isConnected) return true;
    if (this.#isOpen) this.hidePopover();
    this.#fill(found, link);
    link.after(this); // so that its link is the next stop of the Tab key
    this.showPopover();
    this.#place(link);
    this.#link = link;
    this.#cause = cause;
    link.setAttribute("aria-describedby", "term-popover-definition");
    return true;
  }

  #fill(found, link) {
    const label = element("p", "term-popover-label", found.label);
    const definition = element("p", "term-popover-definition", found.definition);
    definition.id = "term-popover-definition";
    definition.lang = found.language;
    definition.dir = found.direction;
    const more = element("a", "term-popover-more", found.more);
    more.href = link.href;
    more.setAttribute("aria-label", `${found.more}: ${found.label}`);
    this.replaceChildren(label, definition);
    if (found.source) {
      const source = element("p", "term-popover-source", found.source);
      source.lang = found.source_language;
      this.append(source);
    }
    this.append(more);
  }

  #place(link) {
    const [line] = link.getClientRects();
    const own = this.getBoundingClientRect();
    const page = document.documentElement;
    const fromEnd = getComputedStyle(link).direction === "rtl" ? line.right - own.width : line.left;
    const left = Math.max(EDGE, Math.min(fromEnd, page.clientWidth - own.width - EDGE));
    const below = line.bottom + GAP;
    const above = line.top - GAP - own.height;
    const top = below + own.height > page.clientHeight && above > 0 ? above : below;
    this.style.setProperty("left", `${left + scrollX}px`);
    this.style.setProperty("top", `${top + scrollY}px`);
  }

  #closed() {
    this.#link?.removeAttribute("aria-describedby");
    this.#link = null;
    this.#wanted = null;
  }
}

if ("popover" in HTMLElement.prototype && document.querySelector(TERMS)) {
  customElements.define("term-popover", TermPopover);
  const popover = document.createElement("term-popover");
  document.body.append(popover);
  popover.listen();
}
