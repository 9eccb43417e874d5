// The first page of the kiosk: services as tiles, each with its wait, or with the reason why it gives no numbers now.

import { icon, need, set, show, write } from "../shared/dom.js";
import type { KioskView } from "../shared/messages.js";
import { count, pick, say } from "../shared/texts.js";
import { waitWords } from "../shared/waits.js";

/** Symbols that the page carries; a service may name another, then the tile has the question mark. */
const symbols: ReadonlySet<string> = new Set(["id-card", "check", "house", "paper", "car", "question"]);

export function showHome(view: KioskView, language: string, chosen: (service: string) => void): void {
  const tiles = need("#tiles");
  const pattern = need<HTMLTemplateElement>("#tile-pattern").content.firstElementChild;
  while (pattern !== null && tiles.children.length < view.services.length) {
    const tile = pattern.cloneNode(true) as HTMLElement;
    need("button", tile).addEventListener("click", event => {
      const button = event.currentTarget as HTMLElement;
      if (button.getAttribute("aria-disabled") !== "true") {
        chosen(button.dataset["service"] ?? "");
      }
    });
    tiles.append(tile);
  }
  while (tiles.children.length > view.services.length) {
    tiles.lastElementChild?.remove();
  }
  view.services.forEach((service, index) => {
    const button = need<HTMLButtonElement>(`:nth-child(${index + 1}) > button`, tiles);
    if (button.dataset["service"] !== service.id) {
      button.dataset["service"] = service.id;
    }
    icon(need("svg", button), service.icon !== null && symbols.has(service.icon) ? service.icon : "question");
    write(need(".name", button), pick(service.name, language));
    // A closed service stays to be read: who looks for it shall not look in vain.
    set(button, "aria-disabled", String(service.closed !== null));
    const note = service.closed !== null ? pick(service.closed, language) : service.note === null ? "" : pick(service.note, language);
    write(need(".note", button), note);
    show(need(".note", button), note !== "");
    const wait = waitWords(service.wait, language);
    write(need(".waiting", button), service.closed !== null ? say(language, "kiosk.shut")
      : wait === null ? count(language, "kiosk.waiting", service.waiting) : say(language, "kiosk.wait", { wait }));
  });
}
