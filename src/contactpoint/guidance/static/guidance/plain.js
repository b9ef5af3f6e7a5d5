// Counts words, sentences and LIX of a text of guidance while it is typed; the same as
// texts/measuring.py, which counts when it is saved. A test holds both together.
class Plain extends HTMLElement {
  connectedCallback() {
    this.body = document.getElementById(this.dataset.body);
    this.language = document.getElementById(this.dataset.language);
    if (!this.body || !this.language) return;
    this.rules = JSON.parse(this.dataset.rules);
    this.querySelector("[data-state]").setAttribute("role", "status");
    const later = () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.show(), 400);
    };
    this.body.addEventListener("input", later);
    this.language.addEventListener("change", later);
  }

  disconnectedCallback() {
    clearTimeout(this.waiting);
  }

  show() {
    const found = Plain.measured(this.body.value, this.language.value, this.rules);
    const mean = found.mean.toLocaleString(document.documentElement.lang || undefined, {
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    });
    const said = [this.dataset.words.replace("{words}", found.words).replace("{mean}", mean)];
    if (found.lix !== null) said.push(this.dataset.lix.replace("{lix}", found.lix));
    this.querySelector("[data-said]").textContent = said.join(" ");
    const state = this.querySelector("[data-state]");
    state.classList.toggle("help-warning", !found.isPlain);
    state.classList.toggle("help-info", found.isPlain);
    const long = this.querySelector("[data-long]");
    long.hidden = !found.tooLong.length;
    long.querySelector("ul").replaceChildren(...found.tooLong.map(Plain.line));
  }

  static line({ block, words, text }) {
    const [line, code, said] = ["li", "code", "bdi"].map((name) => document.createElement(name));
    code.textContent = block;
    said.textContent = text;
    line.append(code, ` (${words}): `, said);
    return line;
  }

  // What is read of a block, a sentence group a line; headings are no sentences.
  static spoken(kind, lines) {
    let parts = lines;
    if (kind === "steps") parts = lines.map((line) => line.trim().replace(/^\([a-z]+(?:-[a-z]+)*\)\s+/, ""));
    else if (kind !== "list") parts = lines.join("\n").split(/\n{2,}/);
    if (kind === "word") {
      const text = lines.join("\n").trim();
      parts = [text.includes(":") ? text.slice(text.indexOf(":") + 1) : ""];
    }
    return parts.map((part) => part.replaceAll("**", "").split(/\s+/).filter(Boolean).join(" ")).filter(Boolean);
  }

  static blocks(text) {
    const found = [];
    for (const line of text.split(/\r\n|\r|\n/)) {
      const mark = /^---\s+(\S+)(.*)$/.exec(line);
      if (mark) {
        const kind = mark[2].split(/\s+/).findLast((word) => word && !word.includes("="));
        found.push({ id: mark[1], kind: kind || "paragraph", lines: [] });
      } else if (found.length) found.at(-1).lines.push(line.trim());
    }
    return found.filter((block) => block.kind !== "heading");
  }

  static measured(text, language, rules) {
    const end = /(?<=[.!?…؟۔።፧:;؛])[»”"')]*\s+|\n+/u;
    const word = /[\p{L}\p{N}_][\p{L}\p{N}_'’\-\u200c\u064b-\u065f\u0670]*/gu;
    let [words, sentences, long] = [0, 0, 0];
    const tooLong = [];
    for (const block of Plain.blocks(text)) {
      for (const sentence of Plain.spoken(block.kind, block.lines).join("\n").split(end)) {
        const found = sentence.match(word) || [];
        if (!found.length) continue;
        words += found.length;
        sentences += 1;
        long += found.filter((one) => [...one].length > 6).length;
        if (found.length > rules.longest) tooLong.push({ block: block.id, words: found.length, text: sentence.trim() });
      }
    }
    const mean = sentences ? words / sentences : 0;
    const hasLix = words && !rules.withoutLix.includes(language);
    const lix = hasLix ? Math.floor(mean + (100 * long) / words + 0.5) : null;
    return { words, sentences, long, mean, lix, tooLong, isPlain: mean <= rules.words && (lix || 0) <= rules.lix };
  }
}

customElements.define("guidance-plain", Plain);
