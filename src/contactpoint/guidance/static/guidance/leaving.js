/* Leaving at once. Without this, the button is a link and does the same but for two things: here the page that is
   left does not stay behind "back", and Shift three times does it too. Escape would stop the loading. */
const button = document.querySelector("[data-leave]");
const WITHIN = 5000;
let pressed = [];

function leave() {
  document.documentElement.hidden = true;
  document.title = "";
  location.replace(button.href);
}

button.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Shift") {
    pressed = [];
  } else if (!event.repeat) {
    const now = Date.now();
    pressed = [...pressed.filter((then) => now - then < WITHIN), now];
    if (pressed.length === 3) {
      leave();
    }
  }
});

/* A page that comes back from the browser's memory is shown again. */
addEventListener("pageshow", () => {
  document.documentElement.hidden = false;
});
