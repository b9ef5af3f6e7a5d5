/* Hearing a page: one paragraph, or all in a row with the text that is heard marked. Without this, each sound is a
   link and the page has the browser's own player. Nothing is fetched before it is asked for; nothing is kept. */
class GuidanceListen extends HTMLElement {
  connectedCallback() {
    this.audio = document.createElement("audio");
    this.audio.preload = "none";
    this.opus = this.audio.canPlayType("audio/ogg; codecs=opus") !== "";
    this.links = [...document.querySelectorAll("a[data-sound]")];
    this.all = this.querySelector("[data-all]");
    this.stopper = this.querySelector("[data-stop]");
    this.failed = this.querySelector("[data-failed]");
    this.current = null;
    this.row = false;
    this.querySelector("[data-plain]").hidden = true;
    this.querySelectorAll("[data-controls]").forEach((one) => (one.hidden = false));
    [this.all, ...this.links].forEach((one) => {
      const words = one.querySelector("span");
      one.dataset.words = words.textContent;
    });
    if (this.opus) {
      this.links.forEach((link) => (link.querySelector("bdi").textContent = link.dataset.size));
      const size = this.all.querySelector("bdi");
      size.textContent = size.dataset.size;
    }
    this.links.forEach((link) =>
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.toggle(link);
      }),
    );
    this.all.addEventListener("click", () => (this.current && this.row ? this.toggle(this.current) : this.begin()));
    this.stopper.addEventListener("click", () => this.stop());
    this.addEventListener("change", () => this.rate());
    for (const name of ["play", "pause", "playing"]) {
      this.audio.addEventListener(name, () => this.show());
    }
    this.audio.addEventListener("ended", () => this.next());
    this.audio.addEventListener("error", () => this.fail());
    addEventListener("pagehide", () => this.stop());
  }

  begin() {
    this.row = true;
    this.start(this.links[0]);
  }

  toggle(link) {
    if (link !== this.current) {
      this.row = this.row && this.current !== null;
      this.start(link);
    } else if (this.audio.paused) {
      this.audio.play().catch(() => {});
    } else {
      this.audio.pause();
    }
  }

  start(link) {
    this.mark(false);
    this.current = link;
    this.failed.hidden = true;
    this.audio.src = this.opus ? link.dataset.sound : link.href;
    this.rate();
    this.mark(true);
    this.audio.play().catch(() => {});
    if ("mediaSession" in navigator && window.MediaMetadata) {
      /* A phone shows on its locked screen what plays: there it must not say more than it has to. */
      navigator.mediaSession.metadata = new MediaMetadata({ title: this.dataset.quietTitle });
    }
  }

  next() {
    const after = this.links[this.links.indexOf(this.current) + 1];
    if (this.row && after) {
      this.start(after);
    } else {
      this.stop();
    }
  }

  stop() {
    this.audio.pause();
    this.mark(false);
    this.current = null;
    this.row = false;
    this.show();
  }

  fail() {
    if (this.current) {
      this.stop();
      this.failed.hidden = false;
    }
  }

  rate() {
    const chosen = this.querySelector("input:checked");
    this.audio.defaultPlaybackRate = this.audio.playbackRate = Number(chosen ? chosen.value : 1);
  }

  mark(on) {
    const part = this.current && (this.current.closest(".part") || this.current.closest(".head"));
    if (!part) {
      return;
    }
    part.classList.toggle("is-heard", on);
    const box = part.getBoundingClientRect();
    if (on && this.row && (box.top < 80 || box.bottom > innerHeight)) {
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      part.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
    }
  }

  show() {
    const plays = this.current !== null && !this.audio.paused;
    for (const one of [this.all, ...this.links]) {
      const is = plays && (one === this.current || (one === this.all && this.row));
      one.querySelector("span").textContent = is ? this.dataset.pause : one.dataset.words;
    }
    this.stopper.hidden = this.current === null;
  }
}

customElements.define("guidance-listen", GuidanceListen);
