/*
 * What a thing is called, without the key by which it is kept: that stays in a hidden field beside
 * it until something else is typed. Folded items say the whole title. See newsletter/inputs.py.
 */
(() => {
  const Widget = window.telepath.constructors["wagtail.widgets.Widget"];
  const Bound = new Widget("").boundWidgetClass;
  const called = (kept) => (kept || "").replace(/ \[[^[\]]*:[^[\]]*\]$/, "");

  class BoundThing extends Bound {
    constructor(element, name, capabilities) {
      super(element, name, capabilities);
      this.shown = this.input.parentElement.querySelector("input[data-thing]");
      this.idForLabel = this.shown.id;
      this.shown.addEventListener("input", () => {
        this.input.value = this.shown.value === called(this.kept) ? this.kept : this.shown.value;
      });
    }

    setState(kept) {
      this.kept = kept || "";
      this.input.value = this.kept;
      this.shown.value = called(kept);
    }

    setInvalid(isInvalid) {
      this.shown.toggleAttribute("aria-invalid", false);
      if (isInvalid) this.shown.setAttribute("aria-invalid", "true");
    }

    getTextLabel() {
      return this.shown.value.trim();
    }

    focus() {
      this.shown.focus();
    }
  }

  class ThingInput extends Widget {
    boundWidgetClass = BoundThing;
  }

  window.telepath.register("contactpoint.dissemination.ThingInput", ThingInput);
})();
