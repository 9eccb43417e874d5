// The desk: first who, then where, then work.

import { need, write } from "../shared/dom.js";
import { say, translate } from "../shared/texts.js";
import { chooseCounter } from "./choose.js";
import { keepLanguage, language, onLanguage, place, signOut, token } from "./session.js";
import { askForKey } from "./signin.js";
import { Work } from "./work.js";

const languages = ["de", "en"] as const;

function speak(): void {
  document.documentElement.lang = language();
  translate(document, language());
  for (const code of languages) {
    need(`#language-${code}`).setAttribute("aria-pressed", String(code === language()));
  }
  if (document.body.dataset["view"] !== "work") {
    document.title = say(language(), "desk.title");
    write(need("#own-counter"), say(language(), "desk.title"));
  }
}

function refused(): void {
  signOut();
  ask(true);
}

function ask(wasRefused: boolean): void {
  askForKey(wasRefused, () => location.reload());
  speak();
}

function start(): void {
  for (const code of languages) {
    need(`#language-${code}`).addEventListener("click", () => keepLanguage(code));
  }
  onLanguage(speak);
  const key = token();
  const where = place();
  if (key === null) {
    ask(false);
  } else if (where === null) {
    void chooseCounter(key, refused);
    speak();
  } else {
    new Work(where, key, refused);
    speak();
  }
}

start();
