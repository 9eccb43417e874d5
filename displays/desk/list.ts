// Who waits, is parked or was missed: four lists, the next one first to see. Rows belong to their ticket, so that no press meets another one.

import { need, set, show, write } from "../shared/dom.js";
import type { DeskTicket } from "../shared/messages.js";
import { say } from "../shared/texts.js";
import { menu, offer, type Part } from "./menu.js";
import { isHeld, listNames, waitsSince, type ListName } from "./model.js";
import { Note } from "./note.js";
import type { Doing } from "./panels/panel.js";
import { writeRow, writeWait } from "./row.js";
import type { Seen } from "./seen.js";
import { Tabs } from "./tabs.js";
import { whyWords } from "./words.js";

export class TicketLists {
  private readonly list = need("#waiting-list");
  private readonly rows = new Map<string, HTMLElement>();
  private readonly tabs = new Tabs(listNames, () => this.changed());
  private open: { ticket: string; part: Part } | null = null;
  private note: Note | null = null;

  constructor(private readonly doing: Omit<Doing, "close">, private readonly changed: () => void) {
    this.list.addEventListener("keydown", event => {
      if (event.key === "Escape" && this.open !== null) {
        event.preventDefault();
        this.toggle(this.open.ticket);
      }
    });
  }

  show(seen: Seen): void {
    const name = this.tabs.chosen as ListName;
    const shown = seen.model.lists[name];
    this.tabs.show(seen.language, tab => seen.model.lists[tab as ListName].length);
    show(need("#list-empty"), shown.length === 0);
    write(need("#list-empty"), say(seen.language, `desk.empty.${name}`));
    this.showCap(seen, shown);
    this.place(shown);
    for (const ticket of shown) {
      const row = this.rows.get(ticket.id);
      if (row !== undefined) {
        writeRow(row, seen, ticket);
        this.showMenu(row, seen, ticket);
      }
    }
    const waiting = seen.model.lists.all.filter(ticket => !isHeld(ticket));
    show(need("#longest"), waiting.length > 0);
    if (waiting.length > 0) {
      writeWait(need("#longest"), Math.min(...waiting.map(waitsSince)), seen);
    }
    write(need("#served"), String(seen.data.served));
  }

  /** Who is next, and by which rule. */
  private showCap(seen: Seen, shown: readonly DeskTicket[]): void {
    const { next } = seen.model;
    const visible = next !== null && shown[0] === next && seen.data.next !== null;
    show(need("#next-cap"), visible);
    if (visible && seen.data.next !== null) {
      write(need("#next-why"), whyWords(seen, seen.data.next.why, next));
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

  private showMenu(row: HTMLElement, seen: Seen, ticket: DeskTicket): void {
    const part = this.open?.ticket === ticket.id ? this.open.part : null;
    const place = need(".menu", row);
    set(need(".more", row), "aria-expanded", String(part !== null));
    show(place, part !== null);
    const written = part === null ? "" : offer(seen, ticket, part);
    if (place.dataset["written"] !== written) {
      place.dataset["written"] = written;
      const focused = [...place.querySelectorAll("button, textarea")].indexOf(document.activeElement as Element);
      place.replaceChildren(...(part === null ? [] : menu(seen, ticket, part, { ...this.doing, close: () => this.closeMenu() }, next => this.turn(next, row))));
      const note = place.querySelector<HTMLElement>(".note");
      this.note = note === null ? part === null ? this.note : null : new Note(note, (id, remark) => this.doing.wishes.ofTicket(id, "remark", { remark }));
      place.querySelectorAll<HTMLElement>("button, textarea")[focused]?.focus();
    }
    if (part === "note") {
      this.note?.show(ticket, seen);
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
