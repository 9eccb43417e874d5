// Writes a view into the page: fixed elements, rewritten only where they differ.
// Fixed words stand in the office's two languages at once, so that nothing flickers between them.

import { timeFormats, type TimeFormats } from "../shared/clock.js";
import { icon, need, set, show, write, writeNumber } from "../shared/dom.js";
import type { BoardCall, BoardSnapshot } from "../shared/messages.js";
import { pick, say, spoken, type Key } from "../shared/texts.js";
import { Footer } from "./footer.js";
import type { View } from "./state.js";

export class Page {
  private readonly heroCard = need("#hero");
  private readonly rows = [...document.querySelectorAll<HTMLElement>("#rows > li")];
  private readonly footer = new Footer();
  private pulse = 0;
  private written = "";
  /** First and second language; the same twice when the office has one. */
  private languages: readonly [string, string] = ["de", "en"];
  private formats: TimeFormats = timeFormats("Europe/Berlin", "de");

  show(view: View, data: BoardSnapshot | null, serverNow: number): void {
    this.useLanguages(data?.languages ?? this.languages, data?.timeZone ?? "Europe/Berlin");
    const [language] = this.languages;
    set(document.body, "data-state", view.state);
    set(document.body, "data-layout", view.layout);
    write(need("#time"), this.formats.time(serverNow));
    write(need("#day"), this.formats.day(serverNow));
    write(need("#office"), data === null ? say(language, "board.title") : pick(data.office, language), language);
    write(need("#area"), data === null ? "" : pick(data.area, language), language);
    this.showStale(view, data !== null, language);
    this.showHero(view, data, language);
    this.showRows(view, data, language);
    this.footer.show(view, data, this.languages, serverNow, this.formats);
  }

  /** Writes the fixed words once per pair of languages. */
  private useLanguages(languages: readonly string[], timeZone: string): void {
    const first = spoken(languages[0] ?? "de");
    const second = spoken(languages[1] ?? first);
    if (this.written === first + second + timeZone) {
      return;
    }
    this.written = first + second + timeZone;
    this.languages = [first, second];
    this.formats = timeFormats(timeZone, first);
    document.documentElement.lang = first;
    for (const element of document.querySelectorAll<HTMLElement>("[data-first]")) {
      write(element, say(first, element.dataset["first"] as Key), first);
    }
    for (const element of document.querySelectorAll<HTMLElement>("[data-second]")) {
      write(element, second === first ? "" : say(second, element.dataset["second"] as Key), second);
    }
  }

  private showStale(view: View, everCurrent: boolean, language: string): void {
    const stale = view.state === "stale";
    show(need("#stale"), stale);
    const since = { time: this.formats.time(view.asOf) };
    write(need("#stale-text"), !stale ? "" : everCurrent ? say(language, "board.stale.since", since) : say(language, "board.stale.never"));
    write(need("#hero-old"), stale ? say(language, "board.hero.old", since) : "");
  }

  private showHero(view: View, data: BoardSnapshot | null, language: string): void {
    const { hero } = view;
    if (hero === null || data === null) {
      write(need("#announce"), "");
      return;
    }
    writeNumber(need("#hero-number"), hero.number);
    this.showCounter(need("#hero-counter"), need("#hero-arrow"), hero, data, language);
    if (this.pulse !== view.pulse) {
      this.pulse = view.pulse;
      this.heroCard.classList.remove("pulse");
      void this.heroCard.offsetWidth; // Lets the same animation begin anew.
      this.heroCard.classList.add("pulse");
    }
    if (view.state === "calling") {
      const key = hero.calls > 1 ? "board.announce.again" : "board.announce";
      write(need("#announce"), say(language, key, { number: hero.number, counter: labelOf(hero, data), times: hero.calls }));
    }
  }

  private showRows(view: View, data: BoardSnapshot | null, language: string): void {
    this.rows.forEach((row, index) => {
      const call = view.rows[index];
      row.classList.toggle("empty", call === undefined);
      row.classList.toggle("called", call?.state === "called");
      if (call !== undefined && data !== null) {
        writeNumber(need(".number", row), call.number);
        this.showCounter(need(".counter", row), need("svg", row), call, data, language);
      }
    });
    write(need("#page"), view.pages > 1 ? `${view.page + 1}/${view.pages}` : "");
  }

  private showCounter(counter: Element, arrow: Element, call: BoardCall, data: BoardSnapshot, language: string): void {
    const label = labelOf(call, data);
    write(counter, label);
    counter.classList.toggle("long", label.length > 2);
    const direction = data.counters.find(counter => counter.id === call.counter)?.arrow ?? null;
    arrow.classList.toggle("none", direction === null);
    if (direction !== null) {
      icon(arrow, `arrow-${direction}`);
      set(arrow, "aria-label", say(language, `arrow.${direction}`));
    }
  }
}

function labelOf(call: BoardCall, data: BoardSnapshot): string {
  return data.counters.find(counter => counter.id === call.counter)?.label ?? call.counter;
}
