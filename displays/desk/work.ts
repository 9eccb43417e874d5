// One counter's desk at work: data in, page out, presses to wishes.

import { timeFormats, type TimeFormats } from "../shared/clock.js";
import { need, set, show } from "../shared/dom.js";
import { Reloader } from "../shared/reload.js";
import { say } from "../shared/texts.js";
import { showButtons } from "./buttons.js";
import { showCard } from "./card.js";
import { showCounters } from "./counters.js";
import { Emergencies, wholeArea } from "./emergency.js";
import { Follow } from "./follow.js";
import { presences, showHeader } from "./header.js";
import { onKey, type KeyName } from "./keys.js";
import { TicketLists } from "./list.js";
import { Message } from "./message.js";
import { model } from "./model.js";
import { Note } from "./note.js";
import { Panels } from "./panels.js";
import type { Seen } from "./seen.js";
import { justCame, language, onLanguage, profile, type Place } from "./session.js";
import { buttonNames, type PanelName } from "./steps.js";
import { tell } from "./tell.js";
import { UndoBar } from "./undo.js";
import { Wishes } from "./wishes.js";

export class Work {
  private readonly reloader = new Reloader();
  private readonly message = new Message();
  private readonly undo = new UndoBar();
  private readonly wishes: Wishes;
  private readonly follow: Follow;
  private readonly panels: Panels;
  private readonly lists: TicketLists;
  private readonly note: Note;
  private readonly emergencies: Emergencies;
  private readonly timer: number;
  private formats: TimeFormats | null = null;
  private comes = justCame();

  constructor(private readonly place: Place, token: string, private readonly refused: () => void) {
    set(document.body, "data-view", "work");
    this.wishes = new Wishes(place, token, this.message, () => this.ground(), () => this.show(), () => this.leave());
    const doing = { wishes: this.wishes, message: this.message, seen: () => this.need() };
    this.panels = new Panels(doing);
    this.lists = new TicketLists(doing, () => this.show());
    this.note = new Note(need("#note"), (ticket, remark) => this.wishes.ofTicket(ticket, "remark", { remark }));
    this.emergencies = new Emergencies(place.area, {
      raise: () => void this.wishes.emergency("emergency", place.area, place.counter),
      accept: emergency => void this.wishes.emergency("emergency-accept", wholeArea(emergency.area, place.area), emergency.counter, place.counter),
      end: () => void this.wishes.emergency("emergency-end", place.area, place.counter),
    });
    this.follow = new Follow(place, token, {
      changed: () => this.show(),
      refused: () => this.leave(),
      build: build => this.reloader.heard(build),
    });
    this.timer = setInterval(() => this.show(), 1000);
    this.listen();
    this.show();
  }

  private listen(): void {
    for (const name of buttonNames) {
      need(`#${name}`).addEventListener("click", () => this.press(name));
    }
    for (const opener of document.querySelectorAll<HTMLElement>("[data-opens]")) {
      opener.addEventListener("click", () => this.toggle(opener.dataset["opens"] as PanelName));
    }
    for (const presence of presences) {
      need(`#presence-${presence}`).addEventListener("click", event => {
        if ((event.currentTarget as Element).getAttribute("aria-disabled") !== "true" || !this.follow.current) {
          void this.wishes.atCounter("presence", { presence });
        }
      });
    }
    need("#undo-go").addEventListener("click", () => this.press("undo"));
    onKey(key => this.press(key));
    onLanguage(() => {
      this.formats = null;
      this.panels.close();
      this.show();
    });
  }

  private press(key: KeyName): void {
    const seen = this.seen();
    if (seen === null) {
      return;
    }
    if (key === "emergency") {
      void this.wishes.emergency("emergency", this.place.area, this.place.counter);
    } else if (key === "undo") {
      if (this.undo.show(seen) && !seen.busy) {
        void this.wishes.atCounter("undo");
      }
    } else {
      const step = seen.model.steps[key];
      if (step !== null && "panel" in step) {
        this.toggle(step.panel);
      } else if (step !== null && !seen.busy) {
        void this.wishes.atCounter(step.action, step.action === "log-in" ? { profile: this.profile(seen) } : step.wish);
      }
    }
  }

  private toggle(panel: PanelName): void {
    const seen = this.seen();
    if (seen !== null && seen.offlineSince === null) {
      this.panels.toggle(panel, seen);
    } else {
      this.message.say(say(language(), "desk.offline.pressed"), "bad");
    }
  }

  /** The profile of the last log-in, as long as this area has it. */
  private profile({ data }: Seen): string | null {
    return data.profiles.find(known => known.id === profile())?.id ?? null;
  }

  private leave(): void {
    clearInterval(this.timer);
    this.follow.stop();
    this.refused();
  }

  private ground(): { queue: string; revision: number | null; current: boolean } | null {
    const seen = this.seen();
    return seen === null ? null : { queue: seen.data.queue, revision: seen.model.own?.revision ?? null, current: this.follow.current };
  }

  private seen(): Seen | null {
    const { data, forecasts, clock } = this.follow;
    return data === null ? null : {
      data, forecasts, model: model(data), language: language(), formats: this.formats ??= timeFormats(data.timeZone, language()), now: clock.now(),
      offlineSince: this.follow.current ? null : this.follow.asOf, busy: this.wishes.busy(data.version),
    };
  }

  private need(): Seen {
    const seen = this.seen();
    if (seen === null) {
      throw new Error("There is nothing to see before the first snapshot.");
    }
    return seen;
  }

  private show(): void {
    const seen = this.seen();
    show(need("#starting"), seen === null);
    show(need("#desk"), seen !== null);
    if (seen === null) {
      return;
    }
    set(document.body, "data-state", seen.offlineSince === null ? "live" : "offline");
    showHeader(seen);
    showCard(seen);
    showButtons(seen);
    showCounters(seen);
    this.lists.show(seen);
    this.note.show(seen.model.ticket, seen);
    show(need("#note-none"), seen.model.ticket === null);
    this.undo.show(seen);
    this.emergencies.show(seen);
    this.panels.show(seen);
    show(need("#offline"), seen.offlineSince !== null);
    tell(seen);
    this.arrive(seen);
    this.reloader.consider(seen.model.ticket === null && !seen.busy && seen.data.emergencies.length === 0);
  }

  /** Choosing a counter is logging in there, unless somebody else sits there: that needs a press. */
  private arrive(seen: Seen): void {
    if (!this.comes || seen.offlineSince !== null) {
      return;
    }
    this.comes = false;
    const { own, mode } = seen.model;
    if (own !== null && own.clerk !== seen.data.clerk && mode !== "ended" && !(own.open && own.clerk !== null)) {
      void this.wishes.atCounter("log-in", { profile: this.profile(seen) });
    }
  }
}
