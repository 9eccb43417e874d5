// One counter's desk at work: data in, page out, presses to wishes.

import { timeFormats, type TimeFormats } from "../shared/clock.js";
import { need, set, show } from "../shared/dom.js";
import { Reloader } from "../shared/reload.js";
import { showButtons } from "./buttons.js";
import { showCard } from "./card.js";
import { showCounters } from "./counters.js";
import { Emergencies, wholeArea } from "./emergency.js";
import { Follow } from "./follow.js";
import { showHeader } from "./header.js";
import { TicketLists } from "./list.js";
import { Message } from "./message.js";
import { model } from "./model.js";
import { Note } from "./note.js";
import { Panels } from "./panels.js";
import { Presses } from "./presses.js";
import type { Seen } from "./seen.js";
import { justCame, language, onLanguage, type Place } from "./session.js";
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
  private readonly presses: Presses;
  private readonly lists: TicketLists;
  private readonly note: Note;
  private readonly emergencies: Emergencies;
  private readonly timer: number;
  private formats: TimeFormats | null = null;
  private comes = justCame();

  constructor(place: Place, token: string, private readonly refused: () => void) {
    set(document.body, "data-view", "work");
    this.wishes = new Wishes(place, token, this.message, () => this.ground(), () => this.show(), () => this.leave());
    const doing = { wishes: this.wishes, message: this.message, seen: () => this.need() };
    this.panels = new Panels(doing);
    this.lists = new TicketLists(doing, () => this.show());
    this.note = new Note(need("#note"), (ticket, remark) => this.wishes.ofTicket(ticket, "remark", { remark }));
    const raise = (): void => void this.wishes.emergency("emergency", place.area, place.counter);
    this.presses = new Presses(this.wishes, this.panels, this.undo, this.message, () => this.seen(), raise);
    this.emergencies = new Emergencies(place.area, {
      raise,
      accept: emergency => void this.wishes.emergency("emergency-accept", wholeArea(emergency.area, place.area), emergency.counter, place.counter),
      end: () => void this.wishes.emergency("emergency-end", place.area, place.counter),
    });
    this.follow = new Follow(place, token, {
      changed: () => this.show(),
      refused: () => this.leave(),
      build: build => this.reloader.heard(build),
    });
    this.timer = setInterval(() => this.show(), 1000);
    onLanguage(() => {
      this.formats = null;
      this.panels.close();
      this.show();
    });
    this.show();
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
      this.presses.logIn(seen);
    }
  }
}
