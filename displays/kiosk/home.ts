// The start page of the kiosk: languages, services as tiles, and two aids.

import { fill, icon, make, need, set, show, write } from "../shared/dom.js";
import type { KioskService, KioskView } from "../shared/messages.js";
import { count, pick, say, simple, spoken } from "../shared/texts.js";
import { waitWords } from "../shared/waits.js";

/** Symbols that the page carries. A service with another symbol has the question mark. */
const symbols: ReadonlySet<string> = new Set(["id-card", "check", "house", "paper", "car", "question"]);
/** Everything within reach of a wheelchair, and full contrast. */
const aids = ["low", "contrast"] as const;

export class Home {
  private services: readonly KioskService[] = [];

  constructor(private readonly take: (service: KioskService) => void, private readonly speak: (language: string) => void) {
    need("#tiles").addEventListener("click", event => this.chosen(event.target as Element));
    for (const aid of aids) {
      need(`#${aid}`).addEventListener("click", () => setAid(aid, !document.body.classList.contains(aid)));
    }
  }

  show(view: KioskView, language: string): void {
    this.services = view.services;
    this.showLanguages(offered(view), language);
    show(need("#appointment"), view.appointments);
    fill(need("#tiles"), "#tile-pattern", view.services, (tile, service) => showTile(need("button", tile), service, language));
  }

  resetAids(): void {
    for (const aid of aids) {
      setAid(aid, false);
    }
  }

  private chosen(target: Element): void {
    const tile = target.closest("button")?.closest("li");
    const service = tile ? this.services[[...need("#tiles").children].indexOf(tile)] : undefined;
    if (service?.closed === null) {
      this.take(service);
    }
  }

  /** Each language in its own words, without flags. */
  private showLanguages(languages: readonly string[], current: string): void {
    const bar = need("#languages");
    if (bar.dataset["shown"] !== languages.join()) {
      bar.dataset["shown"] = languages.join();
      bar.replaceChildren(...languages.map(language => {
        const button = make("button", { type: "button", lang: language }, say(language, "language.name"));
        button.addEventListener("click", () => this.speak(language));
        return button;
      }));
    }
    for (const button of bar.children) {
      set(button, "aria-pressed", String(button.getAttribute("lang") === current));
    }
  }
}

/** The languages of the office that the kiosk has texts for, German also as Leichte Sprache. It starts in the first one. */
export function offered(view: KioskView): string[] {
  const ours = view.languages.filter(language => spoken(language) === language);
  const all = ours.length > 0 ? ours : ["de"];
  return all.flatMap(language => language === "de" ? [language, simple] : [language]);
}

function showTile(button: HTMLElement, service: KioskService, language: string): void {
  icon(need("svg", button), service.icon !== null && symbols.has(service.icon) ? service.icon : "question");
  write(need(".name", button), pick(service.name, language));
  // A closed service stays on its tile, with the reason.
  set(button, "aria-disabled", String(service.closed !== null));
  const note = service.closed ?? service.note;
  write(need(".note", button), note === null ? "" : pick(note, language));
  show(need(".note", button), note !== null);
  const wait = waitWords(service.wait, language);
  write(need(".waiting", button), service.closed !== null ? say(language, "kiosk.shut")
    : wait === null ? count(language, "kiosk.waiting", service.waiting) : say(language, "kiosk.wait", { wait }));
}

function setAid(aid: string, on: boolean): void {
  document.body.classList.toggle(aid, on);
  set(need(`#${aid}`), "aria-pressed", String(on));
}
