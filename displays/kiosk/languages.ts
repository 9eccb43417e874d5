// Language buttons, each in its own language, without flags.

import { need } from "../shared/dom.js";
import { say, spoken } from "../shared/texts.js";

/** The kiosk returns to the office's first language when nobody stands before it. */
export function offered(languages: readonly string[]): string[] {
  const ours = languages.filter(language => spoken(language) === language);
  return ours.length > 0 ? ours : ["de"];
}

export function showLanguages(languages: readonly string[], current: string, choose: (language: string) => void): void {
  const bar = need("#languages");
  if (bar.dataset["shown"] !== languages.join()) {
    bar.dataset["shown"] = languages.join();
    bar.replaceChildren(...languages.map(language => button(language, choose)));
  }
  for (const element of bar.children) {
    element.setAttribute("aria-pressed", String(element.getAttribute("lang") === current));
  }
}

function button(language: string, choose: (language: string) => void): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.lang = language;
  element.textContent = say(language, "language.name");
  element.addEventListener("click", () => choose(language));
  return element;
}
