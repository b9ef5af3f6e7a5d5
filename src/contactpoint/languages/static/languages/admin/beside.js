// A click on a term of the glossary puts its approved translation where the translator types.
for (const row of document.querySelectorAll("[data-beside]")) {
  const field = row.querySelector("textarea");
  for (const term of row.querySelectorAll("[data-term]")) {
    term.addEventListener("click", () => {
      const { selectionStart, selectionEnd, value } = field;
      const before = value.slice(0, selectionStart);
      const gap = before && !/\s$/u.test(before) ? " " : "";
      field.setRangeText(gap + term.dataset.term, selectionStart, selectionEnd, "end");
      field.focus();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}
