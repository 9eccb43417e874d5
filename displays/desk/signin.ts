// The key's form: shown when there is no key, and again when the hub refuses it.

import { need, show, write } from "../shared/dom.js";
import { say, type Key } from "../shared/texts.js";
import { language, signIn } from "./session.js";

export function askForKey(refused: boolean, entered: () => void): void {
  document.body.dataset["view"] = "signin";
  const field = need<HTMLInputElement>("#key");
  complain(refused ? "desk.signin.refused" : null);
  field.focus();
  need<HTMLFormElement>("#signin-form").onsubmit = event => {
    event.preventDefault();
    const given = field.value.trim();
    if (given === "") {
      complain("desk.signin.empty");
      field.focus();
      return;
    }
    field.value = "";
    signIn(given);
    entered();
  };
}

function complain(key: Key | null): void {
  const message = need("#key-error");
  if (key === null) {
    delete message.dataset["text"];
  } else {
    message.dataset["text"] = key;
  }
  write(message, key === null ? "" : say(language(), key));
  show(message, key !== null);
  need("#key").setAttribute("aria-invalid", String(key !== null));
}
