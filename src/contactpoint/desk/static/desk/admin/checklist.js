/*
 * The checklist of a form is what stood in the page when the form was made; a new item has none.
 * A draft saves itself while one writes, and the form learns its address: so the list is fetched
 * whenever it comes into sight. Where that fails, it stays as it is.
 */
const EDITED = /\/pages\/(\d+)\/edit\/$/;
const LISTED = "/desk/checklist/$1/";

function renew(list) {
  if (!EDITED.test(location.pathname)) return;
  const request = new XMLHttpRequest();
  request.responseType = "document";
  request.addEventListener("load", () => {
    const found = request.status === 200 && request.response?.querySelector(".checklist");
    if (!found) return;
    const held = list.contains(document.activeElement);
    list.replaceChildren(...document.importNode(found, true).childNodes);
    if (held) list.querySelector("a")?.focus();
  });
  request.open("GET", location.pathname.replace(EDITED, LISTED));
  request.send();
}

addEventListener("load", () => {
  const list = document.querySelector("form .checklist");
  if (!list) return;
  new IntersectionObserver((seen) => {
    if (seen.at(-1).isIntersecting) renew(list);
  }).observe(list);
});
