/**
 * A search field with a list that comes while one types. Arrows choose, Enter goes there (or
 * searches, if nothing is chosen), Escape closes. Whoever extends it says how an answer is shown.
 *
 * Expects a form with an input[type=search], a [role=status], and data-source and data-list.
 */

export class Combobox extends HTMLElement {
  #input;
  #list;
  #status;
  #timer = 0;
  #running = null;
  #chosen = -1;

  /** Milliseconds without a key before an answer is fetched. */
  get pause() {
    return 150;
  }

  /** The list's items for an answer; its options have [role=option] and data-url. */
  items(_answer) {
    return [];
  }

  connectedCallback() {
    this.#input = this.querySelector("input[type=search]");
    this.#status = this.querySelector("[role=status]");
    if (!this.#input || this.#list) return;
    this.#list = document.createElement("ul");
    this.#list.id = `${this.#input.id}-list`;
    this.#list.className = "finder-list";
    this.#list.hidden = true;
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", this.dataset.list);
    const form = this.querySelector("form");
    form.after(this.#list);
    const attributes = {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.#list.id,
    };
    for (const [name, value] of Object.entries(attributes)) this.#input.setAttribute(name, value);
    this.#input.addEventListener("input", (event) => this.#onInput(event));
    this.#input.addEventListener("compositionend", () => this.#later());
    this.#input.addEventListener("keydown", (event) => this.#onKey(event));
    this.#input.addEventListener("blur", () => this.#close());
    form.addEventListener("submit", () => this.#rest());
    // A press on the list must not take the focus away before the click arrives.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => this.#go(event.target.closest("[role=option]")));
  }

  disconnectedCallback() {
    this.#stop();
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#running?.abort();
  }

  /** Nothing more comes until the next key. */
  #rest() {
    this.#stop();
    this.#close();
  }

  #onInput(event) {
    if (!event.isComposing) this.#later();
  }

  #later() {
    this.#stop();
    this.#timer = setTimeout(() => this.#fetch(), this.pause);
  }

  async #fetch() {
    const query = this.#input.value.trim();
    if (!query) {
      this.#status.textContent = "";
      this.#close();
      return;
    }
    const running = new AbortController();
    this.#running = running;
    try {
      const address = `${this.dataset.source}?${new URLSearchParams({ q: query })}`;
      const answer = await fetch(address, { signal: running.signal, credentials: "omit" });
      if (!answer.ok) throw new Error(`${answer.status}`);
      this.#show(await answer.json());
    } catch (error) {
      if (error.name === "AbortError") return;
      this.#close();
      this.#status.textContent = this.dataset.failed ?? "";
    }
  }

  #show(answer) {
    this.#status.textContent = answer.status;
    this.#list.replaceChildren(...this.items(answer));
    this.#options().forEach((option, place) => {
      option.id = `${this.#list.id}-${place}`;
      option.setAttribute("aria-selected", "false");
    });
    this.#choose(-1);
    this.#open(this.#options().length > 0 && document.activeElement === this.#input);
  }

  #options() {
    return [...this.#list.querySelectorAll("[role=option]")];
  }

  #choose(index) {
    this.#chosen = index;
    const options = this.#options();
    options.forEach((option, place) => {
      option.setAttribute("aria-selected", place === index);
      if (place === index) option.scrollIntoView({ block: "nearest" });
    });
    if (index < 0) this.#input.removeAttribute("aria-activedescendant");
    else this.#input.setAttribute("aria-activedescendant", options[index].id);
  }

  #open(isOpen) {
    this.#list.hidden = !isOpen;
    this.#input.setAttribute("aria-expanded", isOpen);
  }

  #close() {
    this.#open(false);
    this.#choose(-1);
  }

  #go(option) {
    if (option) window.location.assign(option.dataset.url);
  }

  #onKey(event) {
    if (event.isComposing) return;
    const options = this.#options();
    const isOpen = !this.#list.hidden;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
      event.preventDefault();
      this.#open(true);
      // One place more than there are options: the field itself, with nothing chosen.
      const places = options.length + 1;
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.#choose(((this.#chosen + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && isOpen && this.#chosen >= 0) {
      event.preventDefault();
      this.#go(options[this.#chosen]);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault(); // the first Escape closes the list, the next one empties the field
      this.#close();
    }
  }
}

/** An element with a class and a text, or with nodes. */
export function made(name, className, ...content) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

/** A text in its own language and direction. */
export function spoken(name, className, text, language) {
  const element = made(name, className, text);
  if (language) element.lang = language;
  return element;
}

/** A line of the list that leads to an address. */
export function option(url, ...content) {
  const line = made("li", "", ...content);
  line.setAttribute("role", "option");
  line.dataset.url = url;
  return line;
}
