/*
 * A new item is written from its title on. The form lies in a tab that Wagtail shows only when its
 * script runs, too late for the browser to put the focus there by itself.
 */
addEventListener("load", () => {
  const first = document.querySelector("form [autofocus]");
  if (first && document.activeElement === document.body) first.focus();
});

/*
 * A calendar opens a moment after its field is reached. Whoever has gone on by then finds it open
 * over other fields: it is closed again.
 */
const LATER = 250;
document.addEventListener("focusout", ({ target }) => {
  if (!target.matches?.("input")) return;
  setTimeout(() => {
    if (document.activeElement === target) return;
    globalThis.jQuery?.(target).data("xdsoft_datetimepicker")?.trigger("close.xdsoft");
  }, LATER);
});
