// Who waits: the clerk's own services or all, the next one first to see.

import { minutesBetween } from "../shared/clock.js";
import { need, show, write, writeNumber } from "../shared/dom.js";
import type { DeskSnapshot, DeskTicket } from "../shared/messages.js";
import { say } from "../shared/texts.js";
import { serviceName, type Model } from "./model.js";

/** From here on a wait is written in red. */
const overdueMinutes = 30;

export class WaitingList {
  private all = false;
  private readonly list = need("#waiting-list");
  private readonly tabs = [need<HTMLButtonElement>("#tab-mine"), need<HTMLButtonElement>("#tab-all")] as const;

  constructor(private readonly changed: () => void) {
    this.tabs.forEach((tab, index) => {
      tab.addEventListener("click", () => this.select(index === 1));
      tab.addEventListener("keydown", event => {
        if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
          this.select(!this.all);
          this.tabs[this.all ? 1 : 0].focus();
        }
      });
    });
  }

  show(data: DeskSnapshot, model: Model, language: string, serverNow: number): void {
    write(this.tabs[0], say(language, "desk.mine", { n: model.mine.length }));
    write(this.tabs[1], say(language, "desk.all", { n: model.waiting.length }));
    this.tabs.forEach((tab, index) => {
      const selected = (index === 1) === this.all;
      tab.setAttribute("aria-selected", String(selected));
      tab.tabIndex = selected ? 0 : -1;
    });
    need("#waiting-panel").setAttribute("aria-labelledby", this.all ? "tab-all" : "tab-mine");
    const rest = (this.all ? model.waiting : model.mine).filter(ticket => ticket !== model.next);
    const shown = model.next === null ? rest : [model.next, ...rest];
    show(need("#list-empty"), shown.length === 0);
    show(need("#next-cap"), model.next !== null);
    this.grow(shown.length);
    shown.forEach((ticket, index) => {
      const row = this.list.children[index];
      if (row !== undefined) {
        this.write(row, data, ticket, ticket === model.next, language, serverNow);
      }
    });
    this.showSum(data, model, language, serverNow);
  }

  private select(all: boolean): void {
    this.all = all;
    this.changed();
  }

  private write(row: Element, data: DeskSnapshot, ticket: DeskTicket, next: boolean, language: string, serverNow: number): void {
    row.classList.toggle("next", next);
    writeNumber(need("b", row), ticket.number);
    write(need(".service", row), serviceName(data, ticket, language));
    write(need("small", row), ticket.calls > 0 ? say(language, "desk.called.before", { n: ticket.calls }) : "");
    this.writeWait(need(".wait", row), ticket, language, serverNow);
  }

  private writeWait(element: Element, ticket: DeskTicket | undefined, language: string, serverNow: number): void {
    const minutes = ticket === undefined ? 0 : minutesBetween(Date.parse(ticket.takenAt), serverNow);
    write(element, say(language, "desk.minutes.short", { n: minutes }));
    element.classList.toggle("late", minutes > overdueMinutes);
  }

  private showSum(data: DeskSnapshot, model: Model, language: string, serverNow: number): void {
    this.writeWait(need("#longest"), model.waiting[0], language, serverNow);
    write(need("#served"), String(data.served));
  }

  /** Rows are kept and rewritten; their number is that of the people who wait. */
  private grow(length: number): void {
    const pattern = need<HTMLTemplateElement>("#row-pattern").content.firstElementChild;
    while (pattern !== null && this.list.children.length < length) {
      this.list.append(pattern.cloneNode(true));
    }
    while (this.list.children.length > length) {
      this.list.lastElementChild?.remove();
    }
  }
}
