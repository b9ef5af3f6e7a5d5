/**
 * <search-box>: the site's search shows terms, institutions, titles and questions while one
 * types.
 */

import { Combobox, made, option, spoken } from "./combobox.js";

class SearchBox extends Combobox {
  get pause() {
    return 80;
  }

  /** Groups in the order of the answer. */
  items(answer) {
    const content = {
      concepts: (one) => [
        made("bdi", "finder-term", one.text),
        ...(one.matched ? [" ", this.#matched(one)] : []),
      ],
      institutions: (one) => [
        made("bdi", "finder-term", one.text),
        ...(one.matched ? [" ", made("bdi", "matched", one.matched)] : []),
      ],
      titles: (one) => [
        spoken("bdi", "finder-term", one.text, one.language),
        " ",
        made("span", "matched", one.kind),
      ],
      questions: (one) => [made("bdi", "finder-term", one.text)],
    };
    return Object.keys(answer)
      .filter((name) => name in content)
      .map((name) => this.#group(name, answer[name], content[name]))
      .filter(Boolean);
  }

  /** The name that was typed, and the language in which it is one. */
  #matched({ matched, language, spoken: name }) {
    return made("span", "matched", spoken("bdi", "", matched, language), " · ", name);
  }

  /** Options under the name of what they are. */
  #group(name, found, content) {
    if (!found.length) return null;
    const label = made("span", "finder-group", this.dataset[name]);
    label.id = `${this.querySelector("input[type=search]").id}-${name}`;
    label.setAttribute("role", "presentation");
    const options = made("ul", "", ...found.map((one) => option(one.url, ...content(one))));
    options.setAttribute("role", "presentation");
    const group = made("li", "", label, options);
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", label.id);
    return group;
  }
}

customElements.define("search-box", SearchBox);
