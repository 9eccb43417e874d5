// Opens one panel at a time, gives it the focus, and gives the focus back.

import { need, show, write } from "../shared/dom.js";
import type { PanelName, View } from "./model.js";
import { appointments } from "./panels/appointments.js";
import { book } from "./panels/book.js";
import { enter } from "./panels/enter.js";
import { given } from "./panels/given.js";
import { park } from "./panels/park.js";
import type { Context, Panel } from "./panels/pieces.js";
import { returning } from "./panels/return.js";
import { seat } from "./panels/seat.js";
import { services } from "./panels/services.js";
import { switching } from "./panels/switch.js";
import { transfer } from "./panels/transfer.js";

const panels: Record<PanelName, Panel> = {
  park, return: returning, transfer, given, switch: switching, enter, services, seat, appointments, book,
};

export class Panels {
  private readonly frame = need("#panel");
  private readonly body = need("#panel-body");
  private open: { name: PanelName; ticket: string | null; opener: Element | null } | null = null;

  private readonly context: Context;

  constructor(context: Omit<Context, "close" | "open">) {
    this.context = { ...context, close: () => this.close(), open: name => this.toggle(name, context.view()) };
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

  toggle(name: PanelName, view: View): void {
    if (this.open?.name === name) {
      this.close();
      return;
    }
    const opener = this.frame.contains(document.activeElement) ? this.open?.opener ?? null : document.activeElement;
    this.open = { name, ticket: view.model.ticket?.id ?? null, opener };
    const panel = panels[name];
    write(need("#panel-title"), panel.title(view));
    this.body.replaceChildren(...panel.build(view, this.context));
    this.place(true);
    this.show(view);
    this.body.querySelector<HTMLElement>("button:not([aria-disabled='true']), select, input, a")?.focus();
  }

  show(view: View): void {
    const panel = this.open === null ? null : panels[this.open.name];
    if (panel?.ofVisit === true && (view.model.ticket?.id ?? null) !== this.open?.ticket) {
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
