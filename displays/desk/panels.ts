// Opens one panel at a time, gives it the focus, and gives the focus back.

import { need, show, write } from "../shared/dom.js";
import type { DeskTicket } from "../shared/messages.js";
import type { PanelName, View } from "./model.js";
import { appointments } from "./panels/appointments.js";
import { book } from "./panels/book.js";
import { enter } from "./panels/enter.js";
import { find } from "./panels/find.js";
import { given } from "./panels/given.js";
import { hasty } from "./panels/hasty.js";
import { mend } from "./panels/mend.js";
import { nextFor } from "./panels/next-for.js";
import { park } from "./panels/park.js";
import type { Context, Panel } from "./panels/pieces.js";
import { reach } from "./panels/reach.js";
import { returning } from "./panels/return.js";
import { seat } from "./panels/seat.js";
import { services } from "./panels/services.js";
import { switching } from "./panels/switch.js";
import { transfer } from "./panels/transfer.js";

const panels: Record<PanelName, Panel> = {
  park, return: returning, transfer, given, switch: switching, enter, services, seat, appointments, book,
  hasty, mend, reach, find, "next-for": nextFor,
};

export class Panels {
  private readonly frame = need("#panel");
  private readonly body = need("#panel-body");
  private open: { name: PanelName; visit: string | null; about: string | null; opener: Element | null } | null = null;

  private readonly context: Context;

  constructor(context: Omit<Context, "close" | "open">) {
    this.context = { ...context, close: () => this.close(), open: (name, about) => this.toggle(name, context.view(), about) };
    need("#panel-close").addEventListener("click", () => this.close());
    addEventListener("keydown", event => {
      if (event.key === "Escape" && this.open !== null && !event.defaultPrevented) {
        event.preventDefault();
        this.close();
      }
    });
  }

  get isOpen(): boolean {
    return this.open !== null;
  }

  /** `ticket`: the one that it is about; by itself the one at the counter. */
  toggle(name: PanelName, view: View, ticket?: string): void {
    const about = panels[name].ofTicket === true ? ticket ?? view.model.ticket?.id ?? null : null;
    if (this.open?.name === name && this.open.about === about) {
      this.close();
      return;
    }
    const opener = this.frame.contains(document.activeElement) ? this.open?.opener ?? null : document.activeElement;
    this.open = { name, visit: view.model.ticket?.id ?? null, about, opener };
    const found = ticketOf(view, about);
    const panel = panels[name];
    write(need("#panel-title"), panel.title(view, found));
    this.body.replaceChildren(...panel.build(view, this.context, found));
    this.place(true);
    this.show(view);
    this.body.querySelector<HTMLElement>("button:not([aria-disabled='true']), select, input, a")?.focus();
  }

  show(view: View): void {
    const panel = this.open === null ? null : panels[this.open.name];
    const isGone = panel?.ofTicket === true && ticketOf(view, this.open?.about ?? null) === null;
    if (isGone || (panel?.ofVisit === true && (view.model.ticket?.id ?? null) !== this.open?.visit)) {
      this.close();
    } else {
      panel?.update?.(this.body, view, this.context);
    }
  }

  close(): void {
    if (this.open === null) {
      return;
    }
    const { opener } = this.open;
    const inside = this.frame.contains(document.activeElement);
    this.open = null;
    this.place(false);
    this.body.replaceChildren();
    if (inside) {
      (opener instanceof HTMLElement && opener.isConnected ? opener : need("#primary")).focus();
    }
  }

  private place(open: boolean): void {
    show(this.frame, open);
    show(need("#aside"), !open);
    for (const button of document.querySelectorAll("[data-panel]")) {
      button.setAttribute("aria-expanded", String(open && button.getAttribute("data-panel") === this.open?.name));
    }
  }
}

function ticketOf({ data }: View, id: string | null): DeskTicket | null {
  return data.tickets.find(ticket => ticket.id === id) ?? null;
}
