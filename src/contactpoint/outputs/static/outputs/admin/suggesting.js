/*
 * Suggested concepts, from the text as it stands in the form: each is a button that adds a keyword.
 * Without this script the same suggestions are checkboxes, taken when the form is saved.
 */
(() => {
  const PAUSE = 900;

  const words = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function textOf(form) {
    const title = form.elements.title?.value ?? "";
    const parts = [form.elements.teaser?.value ?? ""];
    for (const block of form.querySelectorAll('[id^="panel-child-content-body"] .public-DraftEditor-content [data-block]')) {
      parts.push(block.textContent);
    }
    for (const field of form.querySelectorAll('[name^="body-"]:is(textarea, input[type="text"])')) {
      parts.push(field.value);
    }
    return { title, text: parts.join("\n") };
  }

  class Suggestions {
    constructor(root) {
      this.root = root;
      this.form = root.closest("form");
      this.list = root.querySelector("[data-suggestions-list]");
      this.status = root.querySelector("[data-suggestions-status]");
      root.querySelector("[data-suggestions-plain]").hidden = true;
      root.querySelector("[data-suggestions-scripted]").hidden = false;
      this.show(JSON.parse(root.querySelector("#suggestions-data").textContent));
      this.seen = JSON.stringify(textOf(this.form));
      const later = () => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.refresh(), PAUSE);
      };
      this.form.addEventListener("input", later);
      this.form.addEventListener("keyup", later);
    }

    chosen() {
      return [...this.form.querySelectorAll('input[name^="classifications-"][name$="-concept"]')]
        .filter((field) => this.form.elements[field.name.replace(/concept$/, "DELETE")]?.value !== "1")
        .map((field) => field.value)
        .filter(Boolean);
    }

    async refresh() {
      const text = textOf(this.form);
      const now = JSON.stringify(text);
      if (now === this.seen) return;
      this.seen = now;
      this.request?.abort();
      this.request = new AbortController();
      const body = new FormData();
      body.append("title", text.title);
      body.append("text", text.text);
      body.append("language", this.root.dataset.language);
      for (const key of this.chosen()) body.append("chosen", key);
      try {
        const answer = await fetch(this.root.dataset.url, {
          method: "POST",
          body,
          signal: this.request.signal,
          headers: {
            "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value,
            "X-Requested-With": "XMLHttpRequest",
          },
        });
        if (!answer.ok) throw new Error(answer.statusText);
        this.show((await answer.json()).suggestions);
      } catch (problem) {
        if (problem.name !== "AbortError") this.say(this.root.dataset.textFailed);
      }
    }

    say(text) {
      this.status.textContent = text;
    }

    show(suggestions) {
      this.list.replaceChildren(...suggestions.map((one) => this.item(one)));
      const { textFound, textNone } = this.root.dataset;
      this.say(suggestions.length ? words(textFound, { number: suggestions.length }) : textNone);
    }

    item(one) {
      const item = document.createElement("li");
      item.className = "suggestions__item";
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-small button-secondary suggestions__take";
      button.textContent = `+ ${one.label}`;
      button.setAttribute("aria-label", `${this.root.dataset.textAdd}: ${one.label}`);
      button.addEventListener("click", () => this.take(one, item));
      const why = document.createElement("span");
      why.className = "suggestions__why";
      const times = one.times > 1 ? words(this.root.dataset.textTimes, { number: one.times }) : "";
      const evidence = one.evidence
        .map((word) => words(this.root.dataset.textQuoted, { words: word }))
        .join(", ");
      why.textContent = [one.broader, evidence, times, one.why].filter(Boolean).join(" · ");
      item.append(button, why);
      return item;
    }

    take(one, item) {
      const next = item.nextElementSibling ?? item.previousElementSibling;
      document.getElementById("id_classifications-ADD").click();
      const number = Number(this.form.elements["classifications-TOTAL_FORMS"].value) - 1;
      const row = `classifications-${number}`;
      this.form.elements[`${row}-origin`].value = "suggested";
      const state = { id: String(one.pk), title: one.label, edit_url: null };
      document.getElementById(`id_${row}-concept-chooser`).widget.setStateFromModalData(state);
      item.remove();
      this.say(words(this.root.dataset.textAdded, { label: one.label }));
      (next?.querySelector("button") ?? document.getElementById("id_classifications-ADD")).focus();
    }
  }

  const start = () => document.querySelectorAll("[data-suggestions]").forEach((root) => new Suggestions(root));
  // Wagtail's own inline panels are made while the page is read; ours come after them.
  if (document.readyState === "complete") start();
  else window.addEventListener("load", start);
})();
