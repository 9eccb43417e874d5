// The lists: waiting here, on the way from home, parked, missed, all. Rows belong to their ticket, so that no press meets another one.

import { minutesBetween } from "../shared/clock.js";
import { need, set, show, write, writeNumber } from "../shared/dom.js";
import type { DeskTicket } from "../shared/messages.js";
import { count, say } from "../shared/texts.js";
import { waitWords } from "../shared/waits.js";
import { menu, offer, type Part } from "./menu.js";
import { isHeld, listNames, waitsSince, type ListName, type View } from "./model.js";
import { Note } from "./note.js";
import type { Context } from "./panels/pieces.js";
import { Tabs } from "./tabs.js";
import { serviceName, tags, whyWords } from "./words.js";

/** A longer wait is written in red. */
const overdueMinutes = 30;

export class TicketLists {
  private readonly list = need("#waiting-list");
  private readonly rows = new Map<string, HTMLElement>();
  private readonly tabs = new Tabs(listNames, "coming", () => this.changed());
  private open: { ticket: string; part: Part } | null = null;
  private note: Note | null = null;

  constructor(private readonly context: Omit<Context, "close">, private readonly changed: () => void) {
    this.list.addEventListener("keydown", event => {
      if (event.key === "Escape" && this.open !== null) {
        event.preventDefault();
        this.toggle(this.open.ticket);
      }
    });
  }

  /** A row's menu is open, or a note in it is not saved yet. */
  get isOpen(): boolean {
    return this.open !== null || this.note?.isKept === false;
  }

  show(view: View): void {
    const name = this.tabs.chosen as ListName;
    const shown = view.model.lists[name];
    this.tabs.show(view.language, tab => view.model.lists[tab as ListName].length);
    show(need("#list-empty"), shown.length === 0);
    write(need("#list-empty"), say(view.language, `desk.empty.${name}`));
    this.showCap(view, shown);
    this.place(shown);
    for (const ticket of shown) {
      const row = this.rows.get(ticket.id);
      if (row !== undefined) {
        writeRow(row, view, ticket);
        this.showMenu(row, view, ticket);
      }
    }
    const waiting = view.model.lists.all.filter(ticket => !isHeld(ticket));
    show(need("#longest"), waiting.length > 0);
    if (waiting.length > 0) {
      writeWait(need("#longest"), Math.min(...waiting.map(waitsSince)), view);
    }
    write(need("#served"), String(view.data.served));
  }

  /** The next ticket, and the rule by which it is the next. */
  private showCap(view: View, shown: readonly DeskTicket[]): void {
    const { next } = view.model;
    const visible = next !== null && shown[0] === next && view.data.next !== null;
    show(need("#next-cap"), visible);
    if (visible && view.data.next !== null) {
      write(need("#next-why"), whyWords(view, view.data.next.why, next));
    }
  }

  private place(tickets: readonly DeskTicket[]): void {
    const wanted = tickets.map(ticket => this.rows.get(ticket.id) ?? this.create(ticket.id));
    const focused = document.activeElement;
    for (const [id, row] of this.rows) {
      if (!wanted.includes(row)) {
        row.remove();
        this.rows.delete(id);
      }
    }
    wanted.forEach((row, index) => {
      if (this.list.children[index] !== row) {
        this.list.insertBefore(row, this.list.children[index] ?? null);
      }
    });
    if (focused instanceof HTMLElement && focused !== document.activeElement && this.list.contains(focused)) {
      focused.focus(); // A row that moves would lose it.
    }
    if (this.open !== null && !this.rows.has(this.open.ticket)) {
      this.open = null;
    }
  }

  private create(id: string): HTMLElement {
    const row = need<HTMLTemplateElement>("#row-pattern").content.firstElementChild?.cloneNode(true) as HTMLElement;
    need(".more", row).addEventListener("click", () => this.toggle(id));
    this.rows.set(id, row);
    return row;
  }

  private toggle(ticket: string): void {
    const opens = this.open?.ticket !== ticket;
    this.open = opens ? { ticket, part: "menu" } : null;
    this.changed();
    const row = this.rows.get(ticket);
    row?.querySelector<HTMLElement>(opens ? ".menu button" : ".more")?.focus();
    if (opens) {
      row?.scrollIntoView({ block: "nearest" });
    }
  }

  private showMenu(row: HTMLElement, view: View, ticket: DeskTicket): void {
    const part = this.open?.ticket === ticket.id ? this.open.part : null;
    const place = need(".menu", row);
    set(need(".more", row), "aria-expanded", String(part !== null));
    show(place, part !== null);
    const written = part === null ? "" : offer(view, ticket, part);
    if (place.dataset["written"] !== written) {
      place.dataset["written"] = written;
      const focused = [...place.querySelectorAll("button, textarea")].indexOf(document.activeElement as Element);
      const context = { ...this.context, close: () => this.closeMenu() };
      place.replaceChildren(...(part === null ? [] : menu(view, ticket, part, context, next => this.turn(next, row))));
      const note = place.querySelector<HTMLElement>(".note");
      this.note = note === null ? part === null ? this.note : null
        : new Note(note, (id, remark) => this.context.commands.ofTicket(id, "remark", { remark }));
      place.querySelectorAll<HTMLElement>("button, textarea")[focused]?.focus();
    }
    if (part === "note") {
      this.note?.show(ticket, view);
    }
  }

  private turn(part: Part, row: HTMLElement): void {
    this.open = this.open === null ? null : { ...this.open, part };
    this.changed();
    row.querySelector<HTMLElement>(".menu textarea, .reasons button")?.focus();
    row.scrollIntoView({ block: "nearest" });
  }

  private closeMenu(): void {
    const ticket = this.open?.ticket;
    this.open = null;
    this.changed();
    (this.rows.get(ticket ?? "")?.querySelector<HTMLElement>(".more") ?? need("#waiting-panel")).focus();
  }
}

function writeRow(row: HTMLElement, view: View, ticket: DeskTicket): void {
  const { language, model, forecasts } = view;
  const next = ticket === model.next;
  set(row, "class", next ? "next" : "");
  set(row, "data-state", ticket.state);
  writeNumber(need(".number", row), ticket.number);
  write(need(".service", row), serviceName(view, ticket.service));
  const words = tags(view, ticket);
  const also = ticket.also.length > 0 ? [count(language, "desk.tag.also", ticket.also.length)] : [];
  const person = ticket.person === null ? [] : [ticket.person.name];
  const note = ticket.remark !== null ? [say(language, "desk.tag.note")]
    : ticket.remarkIsClosed ? [say(language, "desk.tag.note.closed")] : [];
  write(need(".what small", row), [...person, ...words.map(tag => tag.words), ...also, ...note].join(" · "));
  need(".what small", row).classList.toggle("late", words.some(tag => tag.kind === "urgent"));
  const waits = ticket.state === "waiting";
  show(need(".wait", row), waits);
  if (waits) {
    writeWait(need(".wait b", row), waitsSince(ticket), view);
    const wait = waitWords(forecasts[ticket.id], language);
    write(need(".wait small", row), wait === null ? "" : say(language, "desk.forecast", { wait }));
  }
  set(need(".more", row), "aria-label", say(language, "desk.more", { number: ticket.number }));
}

function writeWait(element: Element, since: number, { language, now }: View): void {
  const n = minutesBetween(since, now);
  const late = n > overdueMinutes;
  write(element, say(language, "desk.minutes.short", { n }));
  element.classList.toggle("late", late);
  // For people who do not see the red.
  set(element, "title", late ? say(language, "desk.late", { n }) : "");
}
