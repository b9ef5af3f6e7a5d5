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

/*
 * Beside the heading of each field Wagtail puts a link to the field and a button that folds it: two
 * stops of the keyboard before every field. A field alone has nothing to fold, so both are left to
 * the mouse there; parts of a form that hold several fields keep theirs.
 */
const SPARED = ".w-panel__anchor, .w-panel__toggle";
const spare = (panel) => {
  if (panel.querySelector(".w-panel, [data-streamfield-stream-container], [data-inline-panel]"))
    return;
  for (const each of panel.querySelectorAll(SPARED)) each.tabIndex = -1;
};
addEventListener("load", () => {
  for (const panel of document.querySelectorAll("form [data-panel]")) spare(panel);
});

/*
 * “Insert a block” opens a list with a field to search it, and leaves the focus on the button. Who
 * opened it by key is put into that field: the first letters of a block, or arrows, then Enter.
 */
const BLOCKS = "[data-tippy-root] .w-combobox input";
document.addEventListener("click", ({ target, detail }) => {
  const button = target.closest?.(".c-sf-add-button");
  if (!button || detail > 0) return; // by mouse
  let tries = 20;
  const settle = () => {
    const field = document.querySelector(BLOCKS);
    if (field) field.focus();
    else if (tries--) setTimeout(settle, 25);
  };
  settle();
});
