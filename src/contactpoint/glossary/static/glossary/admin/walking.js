/*
 * In the concept chooser: walks down the hierarchy. A link asks the chooser's own search form for
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

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-concept-under]");
    if (link && walk(link)) event.preventDefault();
  });
})();
