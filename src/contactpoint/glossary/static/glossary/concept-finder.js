/**
 * <concept-finder>: the glossary's search form shows terms while one types. A combobox with a list:
 * arrows choose, Enter goes there (or searches, if nothing is chosen), Escape closes.
 */

const PAUSE = 150; // milliseconds without a key before the terms are fetched

class ConceptFinder extends HTMLElement {
  #input;
  #list;
  #status;
  #timer = 0;
  #running = null;
  #chosen = -1;

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
    this.querySelector("form").after(this.#list);
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
    // A press on the list must not take the focus away before the click arrives.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => this.#go(event.target.closest("[role=option]")));
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#running?.abort();
  }

  #onInput(event) {
    if (!event.isComposing) this.#later();
  }

  #later() {
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.#timer = setTimeout(() => this.#fetch(), PAUSE);
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
      this.#status.textContent = this.dataset.failed;
    }
  }

  #show({ hits, status }) {
    this.#status.textContent = status;
    this.#list.replaceChildren(...hits.map((hit, index) => this.#option(hit, index)));
    this.#choose(-1);
    const isShown = hits.length > 0 && document.activeElement === this.#input;
    this.#list.hidden = !isShown;
    this.#input.setAttribute("aria-expanded", isShown);
  }

  #option(hit, index) {
    const option = document.createElement("li");
    option.id = `${this.#list.id}-${index}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.url = hit.url;
    const term = document.createElement("bdi");
    term.className = "finder-term";
    term.lang = hit.language;
    term.append(...marked(hit.label));
    option.append(term);
    if (hit.matched) option.append(" ", matched(hit.matched));
    if (hit.why) option.append(" ", why(hit.why));
    return option;
  }

  #options() {
    return [...this.#list.children];
  }

  #choose(index) {
    this.#chosen = index;
    this.#options().forEach((option, place) => {
      option.setAttribute("aria-selected", place === index);
      if (place === index) option.scrollIntoView({ block: "nearest" });
    });
    if (index < 0) this.#input.removeAttribute("aria-activedescendant");
    else this.#input.setAttribute("aria-activedescendant", this.#options()[index].id);
  }

  #close() {
    this.#list.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#choose(-1);
  }

  #go(option) {
    if (option) window.location.assign(option.dataset.url);
  }

  #onKey(event) {
    if (event.isComposing) return;
    const total = this.#list.children.length;
    const isOpen = !this.#list.hidden;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && total) {
      event.preventDefault();
      if (!isOpen) {
        this.#list.hidden = false;
        this.#input.setAttribute("aria-expanded", "true");
      }
      // One place more than there are options: the field itself, with nothing chosen.
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.#choose(((this.#chosen + 1 + step + total + 1) % (total + 1)) - 1);
    } else if (event.key === "Enter" && isOpen && this.#chosen >= 0) {
      event.preventDefault();
      this.#go(this.#options()[this.#chosen]);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault(); // the first Escape closes the list, the next one empties the field
      this.#close();
    }
  }
}

/** A text in three parts as nodes, the middle one marked. */
function marked({ before, hit, after }) {
  const middle = document.createElement("mark");
  middle.textContent = hit;
  return hit ? [before, middle, after] : [before, after];
}

/** The name that was found and the languages that share it. */
function matched({ text, language, languages }) {
  const line = document.createElement("span");
  line.className = "matched";
  const name = document.createElement("bdi");
  name.lang = language;
  name.append(...marked(text));
  const spoken = document.createElement("span");
  spoken.className = "matched-languages";
  languages.forEach((one, index) => {
    const own = document.createElement("bdi");
    own.lang = one.code;
    own.textContent = one.name;
    spoken.append(index ? ", " : "", own);
  });
  line.append(name, " ", spoken);
  return line;
}

/** Why it was found, or that it is only a guess. */
function why(text) {
  const line = document.createElement("span");
  line.className = "found-why";
  line.textContent = text;
  return line;
}

customElements.define("concept-finder", ConceptFinder);
