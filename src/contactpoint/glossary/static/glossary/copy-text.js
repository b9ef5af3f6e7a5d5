/**
 * <copy-text label="Copy" done="Copied">: a button that copies the text inside. Without script, or
 * where the browser keeps its clipboard shut, the text is there to be selected.
 */

const SHOWN = 2000; // milliseconds that "Copied" stays

class CopyText extends HTMLElement {
  connectedCallback() {
    if (this.querySelector("button") || !navigator.clipboard) return;
    const text = this.firstElementChild;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = this.getAttribute("label");
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", () => this.#copy(text, button));
    this.append(button);
  }

  async #copy(text, button) {
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
    } catch {
      getSelection().selectAllChildren(text);
      return;
    }
    button.textContent = this.getAttribute("done");
    setTimeout(() => {
      button.textContent = this.getAttribute("label");
    }, SHOWN);
  }
}

customElements.define("copy-text", CopyText);
