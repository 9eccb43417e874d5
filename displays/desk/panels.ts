// Opens one panel at a time, gives it the focus, and gives the focus back.

import { need, show, write } from "../shared/dom.js";
import { enter } from "./panels/enter.js";
import { given } from "./panels/given.js";
import type { Doing, Panel } from "./panels/panel.js";
import { park } from "./panels/park.js";
import { returning } from "./panels/return.js";
import { seat } from "./panels/seat.js";
import { services } from "./panels/services.js";
import { switching } from "./panels/switch.js";
import { transfer } from "./panels/transfer.js";
import type { Seen } from "./seen.js";
import type { PanelName } from "./steps.js";

const panels: Record<PanelName, Panel> = { park, return: returning, transfer, given, switch: switching, enter, services, seat };

export class Panels {
  private readonly frame = need("#panel");
  private readonly body = need("#panel-body");
  private open: { name: PanelName; ticket: string | null; opener: Element | null } | null = null;

  constructor(private readonly doing: Omit<Doing, "close">) {
    need("#panel-close").addEventListener("click", () => this.close());
    addEventListener("keydown", event => {
      if (event.key === "Escape" && this.open !== null && !event.defaultPrevented) {
        event.preventDefault();
        this.close();
      }
    });
  }

  toggle(name: PanelName, seen: Seen): void {
    if (this.open?.name === name) {
      this.close();
      return;
    }
    this.open = { name, ticket: seen.model.ticket?.id ?? null, opener: this.frame.contains(document.activeElement) ? this.open?.opener ?? null : document.activeElement };
    const panel = panels[name];
    write(need("#panel-title"), panel.title(seen));
    this.body.replaceChildren(...panel.build(seen, { ...this.doing, close: () => this.close() }));
    this.place(true);
    this.show(seen);
    this.body.querySelector<HTMLElement>("button:not([aria-disabled='true']), select, input, a")?.focus();
  }

  show(seen: Seen): void {
    const panel = this.open === null ? null : panels[this.open.name];
    if (panel?.ofVisit === true && (seen.model.ticket?.id ?? null) !== this.open?.ticket) {
      this.close();
    } else {
      panel?.update?.(this.body, seen);
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
