// One counter's desk at work: every change of its data, and every second, writes the whole page.

import { ticks, timeFormats, type TimeFormats } from "../shared/clock.js";
import { need, set, show } from "../shared/dom.js";
import { Reloader } from "../shared/reload.js";
import { say } from "../shared/texts.js";
import { Appointments } from "./appointments.js";
import { Buttons } from "./buttons.js";
import { showCard } from "./card.js";
import { Cases } from "./cases.js";
import { Commands, type Basis } from "./commands.js";
import { showCounters } from "./counters.js";
import { DeskData } from "./data.js";
import { Emergencies } from "./emergency.js";
import { showHeader } from "./header.js";
import { TicketLists } from "./list.js";
import { modelOf, type View } from "./model.js";
import { Note } from "./note.js";
import { announce, Message, UndoBar } from "./notices.js";
import { Panels } from "./panels.js";
import { justCame, language, onLanguage, type Place } from "./session.js";
import { Troubles } from "./troubles.js";
import { serviceName } from "./words.js";

/** So long a hand needs to see a new state. A faster press was meant for the state before. */
const sightMs = 1_500;

export class Work {
  private readonly reloader = new Reloader();
  private readonly message = new Message();
  private readonly undo = new UndoBar();
  private readonly commands: Commands;
  private readonly data: DeskData;
  private readonly panels: Panels;
  private readonly buttons: Buttons;
  private readonly lists: TicketLists;
  private readonly note: Note;
  private readonly cases = new Cases(this.message);
  private readonly emergencies: Emergencies;
  private readonly troubles = new Troubles(trouble => this.data.seen(trouble));
  private readonly timer: number;
  private formats: TimeFormats | null = null;
  private mayLogIn = justCame();
  private state: string | null = null;
  private stateSince = -Infinity;

  /** `doubted`: the hub refuses the session or the counter, or does not answer. */
  constructor(place: Place, doubted: () => void) {
    set(document.body, "data-view", "work");
    this.commands = new Commands(place, this.message, () => this.basis(), () => this.show(), doubted,
      services => this.message.say(say(language(), "desk.still-wished",
        { services: services.map(service => serviceName(this.need(), service)).join(", ") })));
    const appointments = new Appointments(place, this.message, () => this.show(), () => this.leave());
    const context = { commands: this.commands, appointments, message: this.message, view: () => this.need() };
    this.panels = new Panels(context);
    this.lists = new TicketLists(
      { ...context, open: (panel, ticket) => this.panels.toggle(panel, this.need(), ticket) }, () => this.show());
    this.note = new Note(need("#note"), (ticket, remark) => this.commands.ofTicket(ticket, "remark", { remark }));
    const raise = (): void => void this.commands.emergency("emergency", place.area, place.counter);
    this.buttons = new Buttons(this.commands, this.panels, this.undo, this.message, () => this.view(), raise);
    this.emergencies = new Emergencies(place.area, {
      raise,
      accept: ({ area, counter }) => void this.commands.emergency("emergency-accept", area, counter, place.counter),
      end: () => void this.commands.emergency("emergency-end", place.area, place.counter),
    });
    this.data = new DeskData(place, {
      changed: () => this.show(),
      cutOff: doubted,
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

  leave(): void {
    clearInterval(this.timer);
    this.data.stop();
  }

  private basis(): Basis | null {
    const view = this.view();
    return view === null ? null : { queue: view.data.queue, revision: view.model.own?.revision ?? null, current: this.data.current };
  }

  private view(): View | null {
    const { snapshot, forecasts, clock, current, asOf } = this.data;
    return snapshot === null ? null : {
      data: snapshot,
      model: modelOf(snapshot, clock.now()),
      forecasts,
      language: language(),
      formats: this.formats ??= timeFormats(snapshot.timeZone, language()),
      now: clock.now(),
      offlineSince: current ? null : asOf,
      busy: this.commands.busy(snapshot.version),
      fresh: ticks() - this.stateSince < sightMs,
    };
  }

  private need(): View {
    const view = this.view();
    if (view === null) {
      throw new Error("There is no view before the first snapshot.");
    }
    return view;
  }

  private show(): void {
    this.noticeState();
    const view = this.view();
    show(need("#starting"), view === null);
    show(need("#desk"), view !== null);
    if (view === null) {
      return;
    }
    set(document.body, "data-state", view.offlineSince === null ? "live" : "offline");
    showHeader(view);
    showCard(view);
    this.cases.show(view);
    this.buttons.show(view);
    showCounters(view);
    this.lists.show(view);
    this.note.show(view.model.ticket, view);
    show(need("#note-none"), view.model.ticket === null);
    this.undo.show(view);
    this.emergencies.show(view);
    this.troubles.show(view, this.data.troubles);
    this.panels.show(view);
    show(need("#offline"), view.offlineSince !== null);
    announce(view);
    this.logInOnce(view);
    this.reloader.consider(view.model.ticket === null && !view.busy && view.data.emergencies.length === 0
      && !this.panels.isOpen && !this.lists.isOpen && this.note.isKept);
  }

  /** The first state is not a new one: the clerk has pressed nothing yet. */
  private noticeState(): void {
    const view = this.view();
    const state = view === null ? null : `${view.model.mode} ${view.model.ticket?.id ?? ""}`;
    if (state !== this.state) {
      if (this.state !== null) {
        this.stateSince = ticks();
        setTimeout(() => this.show(), sightMs);
      }
      this.state = state;
    }
  }

  /** Opening a counter's address logs in there. A counter of somebody else needs a press. */
  private logInOnce(view: View): void {
    if (!this.mayLogIn || view.offlineSince !== null) {
      return;
    }
    this.mayLogIn = false;
    const { own, mode } = view.model;
    if (own !== null && own.clerk !== view.data.clerk && mode !== "ended" && !(own.open && own.clerk !== null)) {
      void this.buttons.logIn(view);
    }
  }
}
