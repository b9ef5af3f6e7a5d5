/* The click that opens a film plays it, and the one that closes it stops it. */
class Film extends HTMLElement {
  connectedCallback() {
    const [fold, film] = [this.querySelector(".film"), this.querySelector("video")];
    fold.addEventListener("toggle", () => {
      if (fold.open) film.play().catch(() => {});
      else film.pause();
    });
  }
}
customElements.define("guidance-film", Film);
