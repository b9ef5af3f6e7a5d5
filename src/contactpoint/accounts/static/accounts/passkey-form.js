/**
 * <passkey-form does="create|get" options="…" missing="…" refused="…">: around a form with a field
 * named credential. Sending it asks the browser for a passkey first; what the key answers goes into
 * the field. `options` is what the server asks, as JSON with bytes in base64url (WebAuthn level 3).
 */

const BYTES = new Set(["challenge", "id"]);

class PasskeyForm extends HTMLElement {
  #form;
  #message;

  connectedCallback() {
    this.#form = this.querySelector("form");
    this.#message = this.querySelector("[role=alert]");
    if (!this.#form || !this.#message) return;
    if (!window.PublicKeyCredential) {
      this.#say("missing");
      return;
    }
    this.#form.addEventListener("submit", (event) => this.#ask(event));
  }

  async #ask(event) {
    event.preventDefault();
    this.#message.hidden = true;
    const button = this.#form.querySelector("button");
    button.disabled = true;
    try {
      const publicKey = JSON.parse(this.getAttribute("options"), bytesOf);
      const does = this.getAttribute("does") === "create" ? "create" : "get";
      const answer = await navigator.credentials[does]({ publicKey });
      this.#form.elements.namedItem("credential").value = JSON.stringify(told(answer));
      this.#form.submit();
    } catch {
      button.disabled = false;
      this.#say("refused");
    }
  }

  #say(what) {
    this.#message.textContent = this.getAttribute(what);
    this.#message.hidden = false;
  }
}

/** What JSON holds as base64url and the browser wants as bytes. */
function bytesOf(key, value) {
  if (!BYTES.has(key) || typeof value !== "string" || isHost(this)) return value;
  const text = atob(value.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** The id of the site is its name; those of people and keys are bytes. */
function isHost(holder) {
  return "name" in holder && !("displayName" in holder);
}

function base64url(buffer) {
  const text = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The answer of a key as JSON; older browsers have no `toJSON` for it. */
function told(answer) {
  const response = { clientDataJSON: base64url(answer.response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (answer.response[name]) response[name] = base64url(answer.response[name]);
  }
  return {
    id: answer.id,
    rawId: base64url(answer.rawId),
    type: answer.type,
    response,
    clientExtensionResults: answer.getClientExtensionResults(),
  };
}

customElements.define("passkey-form", PasskeyForm);
