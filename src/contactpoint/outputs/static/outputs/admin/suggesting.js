/*
 * Suggested concepts, from the text as it stands in the form, taken or refused by key or button.
 * One tab stop for the list, as the arrows move in it; letters count only while the list has focus.
 * Without this script the same suggestions are checkboxes that count when the form is saved.
 */
(() => {
  const PAUSE = 900;

  const words = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function make(name, className, text) {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

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
      this.texts = root.dataset;
      this.form = root.closest("form");
      this.list = root.querySelector("[data-suggestions-list]");
      this.status = root.querySelector("[data-suggestions-status]");
      this.away = root.querySelector("[data-suggestions-refused]");
      this.awayList = root.querySelector("[data-suggestions-refused-list]");
      this.done = [];
      root.querySelector("[data-suggestions-plain]").hidden = true;
      root.querySelector("[data-suggestions-scripted]").hidden = false;
      const { suggestions, refused } = JSON.parse(root.querySelector("#suggestions-data").textContent);
      this.awayList.replaceChildren(...refused.map((one) => this.refusedItem(one)));
      this.show(suggestions);
      this.list.addEventListener("keydown", (event) => this.key(event));
      this.list.addEventListener("focusin", (event) => this.rove(event.target.closest("li")));
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

    refused() {
      return [...this.awayList.querySelectorAll("input")].map((field) => field.value);
    }

    async refresh(anew = false) {
      const text = textOf(this.form);
      const now = JSON.stringify(text);
      if (now === this.seen && !anew) return;
      this.seen = now;
      this.request?.abort();
      this.request = new AbortController();
      const body = new FormData();
      body.append("title", text.title);
      body.append("text", text.text);
      body.append("language", this.texts.language);
      for (const key of this.chosen()) body.append("chosen", key);
      for (const key of this.refused()) body.append("refused", key);
      try {
        const answer = await fetch(this.texts.url, {
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
        if (problem.name !== "AbortError") this.say(this.texts.textFailed);
      }
    }

    say(text) {
      this.status.textContent = text;
    }

    show(suggestions) {
      const hadFocus = this.list.contains(document.activeElement);
      this.list.replaceChildren(...suggestions.map((one) => this.item(one)));
      this.rove(this.list.firstElementChild);
      if (hadFocus) this.list.querySelector("button")?.focus();
      const { textFound, textFoundOne, textNone } = this.texts;
      const text = suggestions.length === 1 ? textFoundOne : textFound;
      this.say(suggestions.length ? words(text, { number: suggestions.length }) : textNone);
    }

    item(one) {
      const item = make("li", "suggestions__item");
      item.suggestion = one;
      const take = this.button(`+ ${one.label}`, words(this.texts.textAdd, one), "A", () => this.take(item));
      take.classList.add("suggestions__take");
      const refuse = this.button(this.texts.textRefuse, words(this.texts.textRefuseLabel, one), "X", () => this.refuse(item));
      const choices = make("span", "suggestions__choices");
      choices.append(take, refuse);
      item.append(choices, this.why(one));
      return item;
    }

    button(text, label, shortcut, act) {
      const button = make("button", "button button-small button-secondary", text);
      button.type = "button";
      button.tabIndex = -1;
      button.setAttribute("aria-label", label);
      button.setAttribute("aria-keyshortcuts", shortcut);
      button.addEventListener("click", act);
      return button;
    }

    why(one) {
      const why = make("div", "suggestions__why");
      if (one.path.length) why.append(make("p", "", [...one.path, one.label].join(" › ")));
      for (const quote of one.quotes) {
        const line = make("p", "suggestions__quote");
        line.lang = this.texts.language;
        line.append(quote.before, make("mark", "", quote.words), quote.after);
        if (quote.field === "title") {
          const where = make("span", "", ` (${this.texts.textTitle})`);
          where.lang = document.documentElement.lang;
          line.append(where);
        }
        why.append(line);
      }
      const times = one.times > one.quotes.length ? words(this.texts.textMore, { number: one.times }) : "";
      const said = one.said && `${one.said[0].toUpperCase()}${one.said.slice(1)}.`;
      why.append(make("p", "", [times, one.why, said].filter(Boolean).join(" · ")));
      return why;
    }

    /* Only the item where the keyboard is can be reached by Tab. */
    rove(item) {
      if (!item) return;
      for (const button of this.list.querySelectorAll("button")) {
        button.tabIndex = item.contains(button) ? 0 : -1;
      }
    }

    key(event) {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const item = event.target.closest("li");
      const acts = {
        ArrowDown: () => this.focus(item.nextElementSibling),
        ArrowUp: () => this.focus(item.previousElementSibling),
        Home: () => this.focus(this.list.firstElementChild),
        End: () => this.focus(this.list.lastElementChild),
        a: () => this.take(item),
        x: () => this.refuse(item),
        u: () => this.undo(),
      };
      const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!act) return;
      event.preventDefault();
      act();
    }

    focus(item) {
      item?.querySelector("button").focus();
    }

    leave(item) {
      const next = item.nextElementSibling ?? item.previousElementSibling;
      item.remove();
      this.rove(next);
      if (next) this.focus(next);
      else document.getElementById("id_classifications-ADD").focus();
    }

    take(item) {
      const one = item.suggestion;
      document.getElementById("id_classifications-ADD").click();
      const number = Number(this.form.elements["classifications-TOTAL_FORMS"].value) - 1;
      const row = `classifications-${number}`;
      this.form.elements[`${row}-origin`].value = "suggested";
      const state = { id: String(one.pk), title: one.label, edit_url: null };
      document.getElementById(`id_${row}-concept-chooser`).widget.setStateFromModalData(state);
      this.done.push(() => {
        document.getElementById(`id_${row}-DELETE-button`)?.click();
        this.put(one);
      });
      this.leave(item);
      this.say(words(this.texts.textAdded, one));
    }

    refuse(item) {
      const one = item.suggestion;
      const refused = this.refusedItem(one);
      this.awayList.append(refused);
      this.away.hidden = false;
      this.changed();
      this.done.push(() => this.takeBack(refused));
      this.leave(item);
      this.say(words(this.texts.textRefused, one));
    }

    refusedItem(one) {
      const item = make("li", "suggestions__item");
      item.suggestion = one;
      const field = make("input");
      Object.assign(field, { type: "hidden", name: "refused", value: String(one.pk) });
      const back = this.button(this.texts.textUndo, words(this.texts.textUndoLabel, one), "U", () => this.takeBack(item));
      back.tabIndex = 0;
      item.append(field, make("span", "suggestions__name", one.label), back);
      return item;
    }

    takeBack(item) {
      const one = item.suggestion;
      if (!item.isConnected) return;
      item.remove();
      this.away.hidden = !this.awayList.children.length;
      this.changed();
      if (one.quotes) this.put(one);
      else this.refresh(true).then(() => this.focus(this.list.firstElementChild));
      this.say(words(this.texts.textBack, one));
    }

    put(one) {
      const item = this.item(one);
      this.list.prepend(item);
      this.rove(item);
      this.focus(item);
      this.say(words(this.texts.textBack, one));
    }

    undo() {
      this.done.pop()?.();
    }

    /* Wagtail saves drafts when a field says that it changed. */
    changed() {
      this.root.dispatchEvent(new Event("change", { bubbles: true }));
      this.root.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  const start = () => document.querySelectorAll("[data-suggestions]").forEach((root) => new Suggestions(root));
  // Wagtail's own inline panels are made while the page is read; ours come after them.
  if (document.readyState === "complete") start();
  else window.addEventListener("load", start);
})();
