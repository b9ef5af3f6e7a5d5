/*
 * In the concept chooser: the keyboard starts in the search field, and walks down the hierarchy. A
 * link asks the chooser's own search form for
 * what stands under its concept; the keyboard's place goes with it.
 */
(() => {
  function walk(link) {
    const form = document.querySelector("form[data-chooser-modal-search]");
    const results = document.getElementById("search-results");
    if (!form || !results) return false;
    form.elements.under.value = link.dataset.conceptUnder;
    form.elements.q.value = "";
    new MutationObserver((_changes, observer) => {
      observer.disconnect();
      (results.querySelector("[data-concept-here]") ?? form.elements.q).focus();
    }).observe(results, { childList: true });
    form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    return true;
  }

  // The dialog comes first and its search form later; the dialog takes the focus when it is shown.
  const start = (dialog) => {
    const form = dialog.querySelector("form[data-chooser-modal-search]");
    if (!form?.elements.under || !form.elements.q) return false;
    form.elements.q.focus();
    return true;
  };
  const wait = (dialog) => {
    if (start(dialog)) return;
    new MutationObserver((_changes, observer) => {
      if (start(dialog)) observer.disconnect();
    }).observe(dialog, { childList: true, subtree: true });
  };
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) if (node.matches?.(".modal")) wait(node);
    }
  }).observe(document.body ?? document.documentElement, { childList: true });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches(".modal")) start(event.target);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-concept-under]");
    if (link && walk(link)) event.preventDefault();
  });
})();
