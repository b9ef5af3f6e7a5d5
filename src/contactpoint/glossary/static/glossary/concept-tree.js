/**
 * <concept-tree>: nested lists with <details> become a tree as WAI-ARIA describes it: one tab stop,
 * arrows, Home and End, the first letters of a name. Each line stays the link that it was.
 */

const PAUSE = 600; // milliseconds after which typed letters begin a new word

class ConceptTree extends HTMLElement {
  static #made = 0;

  #typed = "";
  #typedAt = 0;

  connectedCallback() {
    const root = this.querySelector("ul");
    if (!root || root.getAttribute("role") === "tree") return;
    root.setAttribute("role", "tree");
    this.#prepare(root, 1);
    const items = [...this.querySelectorAll("[role=treeitem]")];
    const first = items.find((item) => item.hasAttribute("aria-current")) ?? items[0];
    for (const item of items) item.tabIndex = item === first ? 0 : -1;
    this.addEventListener("keydown", (event) => this.#onKey(event));
    this.addEventListener("focusin", (event) => this.#onFocus(event));
  }

  #prepare(list, level) {
    const lines = [...list.children];
    lines.forEach((line, index) => {
      const item = line.querySelector(":scope > a");
      line.setAttribute("role", "none");
      item.setAttribute("role", "treeitem");
      item.setAttribute("aria-level", level);
      item.setAttribute("aria-posinset", index + 1);
      item.setAttribute("aria-setsize", lines.length);
      const aside = line.querySelector(":scope > .elsewhere");
      if (aside) {
        aside.id = this.#name();
        item.setAttribute("aria-describedby", aside.id);
      }
      const details = line.querySelector(":scope > details");
      if (details) this.#prepareGroup(line, item, details, level);
    });
  }

  #prepareGroup(line, item, details, level) {
    const group = details.querySelector(":scope > ul");
    group.setAttribute("role", "group");
    group.id = this.#name();
    group.hidden = !details.open;
    item.setAttribute("aria-expanded", details.open);
    item.setAttribute("aria-owns", group.id);
    const toggle = document.createElement("span");
    toggle.className = "toggle";
    toggle.setAttribute("aria-hidden", "true");
    toggle.addEventListener("click", () => {
      this.#open(item, item.getAttribute("aria-expanded") !== "true");
      item.focus();
    });
    details.replaceWith(group);
    line.prepend(toggle);
    this.#prepare(group, level + 1);
  }

  #name() {
    ConceptTree.#made += 1;
    return `concept-tree-${ConceptTree.#made}`;
  }

  /** The lines that can be seen, from top to bottom. */
  #shown() {
    return [...this.querySelectorAll("[role=treeitem]")].filter((item) => !item.closest("[hidden]"));
  }

  #group(item) {
    return item.parentElement.querySelector(":scope > [role=group]");
  }

  #parent(item) {
    return item.parentElement.parentElement.closest("li")?.querySelector(":scope > a") ?? null;
  }

  #open(item, open) {
    const group = this.#group(item);
    if (!group) return;
    item.setAttribute("aria-expanded", open);
    group.hidden = !open;
    const active = this.querySelector("[role=treeitem][tabindex='0']");
    if (!open && active && group.contains(active)) this.#makeStop(item);
  }

  #makeStop(item) {
    for (const other of this.querySelectorAll("[role=treeitem][tabindex='0']")) other.tabIndex = -1;
    item.tabIndex = 0;
  }

  #onFocus(event) {
    const item = event.target.closest("[role=treeitem]");
    if (item) this.#makeStop(item);
  }

  #onKey(event) {
    const item = event.target.closest("[role=treeitem]");
    if (!item || event.altKey || event.ctrlKey || event.metaKey) return;
    const target = this.#answer(item, event.key);
    if (target === undefined) return;
    event.preventDefault();
    target?.focus();
  }

  /** Where a key leads: a line, null where it did all itself or leads nowhere, undefined if not ours. */
  #answer(item, key) {
    const shown = this.#shown();
    const place = shown.indexOf(item);
    const isLeftToRight = getComputedStyle(this).direction === "ltr";
    switch (key) {
      case "ArrowDown":
        return shown[place + 1] ?? null;
      case "ArrowUp":
        return shown[place - 1] ?? null;
      case "Home":
        return shown[0];
      case "End":
        return shown.at(-1);
      case "ArrowRight":
        return isLeftToRight ? this.#inwards(item) : this.#outwards(item);
      case "ArrowLeft":
        return isLeftToRight ? this.#outwards(item) : this.#inwards(item);
      case "*":
        for (const line of item.closest("ul").children) this.#open(line.querySelector("a"), true);
        return null;
      case " ":
        if (this.#isTyping()) return this.#startingWith(shown, place, key);
        item.click();
        return null;
      default:
        return key.length === 1 ? this.#startingWith(shown, place, key) : undefined;
    }
  }

  #inwards(item) {
    const group = this.#group(item);
    if (!group) return null;
    if (!group.hidden) return group.querySelector("[role=treeitem]");
    this.#open(item, true);
    return null;
  }

  #outwards(item) {
    const group = this.#group(item);
    if (!group || group.hidden) return this.#parent(item);
    this.#open(item, false);
    return null;
  }

  #isTyping() {
    return this.#typed !== "" && performance.now() - this.#typedAt < PAUSE;
  }

  /** The next line whose name begins with what was typed; one letter again and again goes on. */
  #startingWith(shown, place, sign) {
    this.#typed = this.#isTyping() ? this.#typed + sign : sign;
    this.#typedAt = performance.now();
    const isOneLetter = new Set(this.#typed).size === 1;
    const wanted = isOneLetter ? sign : this.#typed;
    const from = isOneLetter ? place + 1 : place;
    const compare = new Intl.Collator(document.documentElement.lang, { sensitivity: "base" }).compare;
    const starts = (item) =>
      compare([...item.textContent.trim()].slice(0, [...wanted].length).join(""), wanted) === 0;
    return [...shown.slice(from), ...shown.slice(0, from)].find(starts) ?? null;
  }
}

customElements.define("concept-tree", ConceptTree);
