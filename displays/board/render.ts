// Writes the view into the page: fixed elements, rewritten only where they differ.

import { timeFormats, type TimeFormats } from "../shared/clock.js";
import { icon, need, show, write, writeNumber } from "../shared/dom.js";
import type { BoardCall, BoardSnapshot } from "../shared/messages.js";
import { pick, say } from "../shared/texts.js";
import { Footer } from "./footer.js";
import { Labels } from "./labels.js";
import type { View } from "./view.js";

export class Page {
  private readonly body = document.body;
  private readonly heroCard = need("#hero");
  private readonly rows = [...document.querySelectorAll<HTMLElement>("#rows > li")];
  private readonly footer = new Footer();
  private readonly labels = new Labels();
  private pulse = 0;
  private zone = "";
  private formats: TimeFormats = timeFormats("Europe/Berlin", "de");

  show(view: View, data: BoardSnapshot | null, serverNow: number): void {
    const language = this.labels.use(data?.languages ?? ["de", "en"]);
    if (data !== null && this.zone !== data.timeZone + language) {
      this.zone = data.timeZone + language;
      this.formats = timeFormats(data.timeZone, language);
    }
    this.set("state", view.state);
    this.set("layout", view.layout);
    write(need("#time"), this.formats.time(serverNow));
    write(need("#day"), this.formats.day(serverNow));
    write(need("#office"), data === null ? say(language, "board.title") : pick(data.office, language), language);
    write(need("#area"), data === null ? "" : pick(data.area, language), language);
    this.showStale(view, data !== null, language);
    this.showHero(view, data, language);
    this.showRows(view, data, language);
    this.footer.show(view, data, this.labels.languages, serverNow, this.formats);
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
      write(need("#announce"), say(language, key, { number: hero.number, counter: this.label(hero, data), times: hero.calls }));
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
    const label = this.label(call, data);
    write(counter, label);
    counter.classList.toggle("long", label.length > 2);
    const direction = data.counters.find(counter => counter.id === call.counter)?.arrow ?? null;
    arrow.classList.toggle("none", direction === null);
    if (direction !== null) {
      icon(arrow, `arrow-${direction}`);
      const words = say(language, `arrow.${direction}`);
      if (arrow.getAttribute("aria-label") !== words) {
        arrow.setAttribute("aria-label", words);
      }
    }
  }

  private label(call: BoardCall, data: BoardSnapshot): string {
    return data.counters.find(counter => counter.id === call.counter)?.label ?? call.counter;
  }

  private set(name: "state" | "layout", value: string): void {
    if (this.body.dataset[name] !== value) {
      this.body.dataset[name] = value;
    }
  }
}
