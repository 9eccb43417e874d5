// Writes a view into the page: fixed elements, rewritten only where they differ.
// Fixed words stand in the office's two languages at once, so that nothing flickers between them.

import { timeFormats, type TimeFormats } from "../shared/clock.js";
import { icon, need, set, show, write, writeNumber } from "../shared/dom.js";
import { pick, say, spoken, type Key } from "../shared/texts.js";
import { Footer } from "./footer.js";
import type { Picture, ShownCall } from "./parts.js";
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

  show(view: View, serverNow: number, serverAhead: number): void {
    const { picture } = view;
    this.useLanguages(picture?.languages ?? this.languages, picture?.timeZone ?? "Europe/Berlin");
    const [language] = this.languages;
    set(document.body, "data-state", view.state);
    set(document.body, "data-layout", view.layout);
    write(need("#time"), this.formats.time(serverNow));
    write(need("#day"), this.formats.day(serverNow));
    write(need("#office"), picture === null ? say(language, "board.title") : pick(picture.office, language), language);
    write(need("#area"), namesOf(picture, language), language);
    need(".frame").classList.toggle("several", (picture?.areas.length ?? 0) > 1);
    this.showStale(view, language);
    this.showHero(view, language);
    this.showRows(view, serverAhead, language);
    this.footer.show(view, this.languages, serverNow, this.formats);
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

  /** Either nothing is current, or some areas are not. */
  private showStale(view: View, language: string): void {
    const stale = view.state === "stale";
    const partly = view.state !== "unauthorised" && view.old.length > 0;
    show(need("#stale"), stale || partly);
    const since = { time: this.formats.time(view.asOf) };
    const areas = view.old.map(({ name, asOf }) => asOf === null
      ? say(language, "board.stale.area.never", { area: pick(name, language) })
      : say(language, "board.stale.area", { area: pick(name, language), time: this.formats.time(asOf) }));
    write(need("#stale-text"), partly ? areas.join(" · ") : !stale ? ""
      : view.picture !== null ? say(language, "board.stale.since", since) : say(language, "board.stale.never"));
    write(need("#hero-old"), stale ? say(language, "board.hero.old", since) : "");
  }

  private showHero(view: View, language: string): void {
    const { hero } = view;
    if (hero === null) {
      write(need("#announce"), "");
      return;
    }
    writeNumber(need("#hero-number"), hero.number);
    showCounter(need("#hero-counter"), need("#hero-arrow"), hero, language);
    const place = hero.place === null ? "" : pick(hero.place, language);
    write(need("#hero-place"), place);
    if (this.pulse !== view.pulse) {
      this.pulse = view.pulse;
      this.heroCard.classList.remove("pulse");
      void this.heroCard.offsetWidth; // Lets the same animation begin anew.
      this.heroCard.classList.add("pulse");
    }
    if (view.state === "calling") {
      const key = hero.calls > 1 ? "board.announce.again" : "board.announce";
      const words = say(language, key, { number: hero.number, counter: labelOf(hero), times: hero.calls });
      write(need("#announce"), place === "" ? words : `${words}, ${place}`);
    }
  }

  private showRows(view: View, serverAhead: number, language: string): void {
    this.rows.forEach((row, index) => {
      const call = view.rows[index];
      row.classList.toggle("empty", call === undefined);
      row.classList.toggle("called", call?.state === "called");
      row.classList.toggle("old", call?.old === true && view.state !== "stale");
      if (call !== undefined) {
        writeNumber(need(".number", row), call.number);
        showCounter(need(".counter", row), need("svg", row), call, language);
        const place = call.place === null ? "" : pick(call.place, language);
        write(need(".place", row), call.old && place !== ""
          ? `${place} · ${say(language, "board.asOf", { time: this.formats.time(call.asOf + serverAhead) })}` : place);
      }
    });
    write(need("#page"), view.pages > 1 ? `${view.page + 1}/${view.pages}` : "");
  }
}

function showCounter(counter: Element, arrow: Element, call: ShownCall, language: string): void {
  const label = labelOf(call);
  write(counter, label);
  counter.classList.toggle("long", label.length > 2);
  const direction = call.where?.arrow ?? null;
  arrow.classList.toggle("none", direction === null);
  if (direction !== null) {
    icon(arrow, `arrow-${direction}`);
    set(arrow, "aria-label", say(language, `arrow.${direction}`));
  }
}

function labelOf(call: ShownCall): string {
  return call.where?.label ?? call.counter;
}

function namesOf(picture: Picture | null, language: string): string {
  return (picture?.areas ?? []).map(area => pick(area.name, language)).join(", ");
}
