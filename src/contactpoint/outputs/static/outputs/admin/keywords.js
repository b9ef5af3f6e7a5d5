/*
 * The list of unknown keywords by keyboard. Letters count only while a keyword of the list has
 * focus; each key presses a button that is there for everybody. After a decision the list begins
 * anew with what waits next.
 */
(() => {
  const list = document.querySelector("[data-keyword-list]");
  const undo = document.querySelector("[data-keyword-undo]");
  undo?.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.repeat) return;
    if (event.key.toLowerCase() === "u") undo.click();
  });
  if (!list) {
    // The last one was decided: its way back has the focus.
    if (sessionStorage.getItem("keyword-place") !== null) undo?.focus();
    sessionStorage.removeItem("keyword-place");
    return;
  }
  document.querySelector("[data-keyword-keys]").hidden = false;
  const opener = (item) => item?.querySelector("[data-keyword-open]");
  const move = (event, item) => {
    if (!item) return;
    event.preventDefault();
    opener(item).focus();
    item.scrollIntoView({ block: "nearest" });
  };

  list.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const item = event.target.closest("[data-keyword]");
    if (!item) return;
    if (event.key === "ArrowDown") move(event, item.nextElementSibling);
    if (event.key === "ArrowUp") move(event, item.previousElementSibling);
    if (event.repeat) return;
    const key = event.key.toLowerCase();
    const button =
      key === "u"
        ? undo
        : item.querySelector(`[data-keyword-key="${CSS.escape(key)}"]`);
    if (!button) return;
    event.preventDefault();
    sessionStorage.setItem("keyword-place", String([...list.children].indexOf(item)));
    button.click();
  });

  const place = sessionStorage.getItem("keyword-place");
  if (place !== null) {
    sessionStorage.removeItem("keyword-place");
    (opener(list.children[Number(place)]) ?? opener(list.lastElementChild))?.focus();
  }
})();
