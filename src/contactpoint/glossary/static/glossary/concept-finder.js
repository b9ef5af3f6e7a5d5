/**
 * <concept-finder>: the glossary's search form shows terms while one types.
 */

import { Combobox, made, option, spoken } from "../kit/combobox.js";

class ConceptFinder extends Combobox {
  items({ hits }) {
    return hits.map((hit) => {
      const line = option(hit.url, spoken("bdi", "finder-term", "", hit.language));
      line.firstChild.append(...marked(hit.label));
      if (hit.matched) line.append(" ", matched(hit.matched));
      if (hit.why) line.append(" ", made("span", "found-why", hit.why)); // or that it is a guess
      return line;
    });
  }
}

/** A text in three parts as nodes, the middle one marked. */
function marked({ before, hit, after }) {
  return hit ? [before, made("mark", "", hit), after] : [before, after];
}

/** The name that was found and the languages that share it. */
function matched({ text, language, languages }) {
  const name = spoken("bdi", "", "", language);
  name.append(...marked(text));
  const others = made("span", "matched-languages");
  languages.forEach((one, index) => {
    others.append(index ? ", " : "", spoken("bdi", "", one.name, one.code));
  });
  return made("span", "matched", name, " ", others);
}

customElements.define("concept-finder", ConceptFinder);
