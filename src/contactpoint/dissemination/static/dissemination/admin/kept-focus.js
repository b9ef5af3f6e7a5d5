/*
 * Moving a block by its buttons takes it out of the page and puts it in again, and the focus goes
 * to nowhere. Give it back to the same button; at either end, where that one does nothing, to the
 * other. Heard on the way down, since Wagtail's own listener lets no click come up.
 */
(() => {
  const MOVES = '[data-streamfield-action="MOVE_UP"], [data-streamfield-action="MOVE_DOWN"]';

  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.(MOVES);
    if (!button) return;
    setTimeout(() => {
      const others = [...button.parentElement.querySelectorAll(MOVES)];
      (button.disabled ? others.find((one) => !one.disabled) : button)?.focus();
    });
  }, true);
})();
