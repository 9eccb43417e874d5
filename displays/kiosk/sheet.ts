// The number of a new ticket, large, until the citizen has read it.

import { ticks, type TimeFormats } from "../shared/clock.js";
import { need, show, write, writeNumber } from "../shared/dom.js";
import type { KioskView, TakenTicket } from "../shared/messages.js";
import { count, pick, say } from "../shared/texts.js";
import { waitWords } from "../shared/waits.js";

const printedMs = 12_000;
/** Without paper the number must be photographed or learnt by heart: that takes longer. */
const onScreenMs = 30_000;
const moreMs = 60_000;

export class Sheet {
  private readonly dialog = need<HTMLDialogElement>("#ticket");
  private until = 0;
  private timer = 0;
  private language = "de";

  constructor(private readonly closed: () => void) {
    need("#done").addEventListener("click", () => this.dialog.close());
    need("#more").addEventListener("click", () => {
      this.until += moreMs;
      this.count();
    });
    this.dialog.addEventListener("close", () => {
      clearInterval(this.timer);
      this.closed();
    });
  }

  get open(): boolean {
    return this.dialog.open;
  }

  show(ticket: TakenTicket, view: KioskView, language: string, formats: TimeFormats, serverNow: number): void {
    this.language = language;
    write(need("#ticket-title"), say(language, ticket.printing ? "kiosk.sheet.printing" : "kiosk.sheet.screen"));
    write(need("#ticket-office"), pick(view.office, language));
    write(need("#ticket-service"), pick(ticket.service, language));
    writeNumber(need("#ticket-number"), ticket.number);
    write(need("#ticket-area"), pick(ticket.area, language));
    show(need("#ticket-booked"), ticket.booked !== null);
    write(need("#ticket-booked"),
      ticket.booked === null ? "" : say(language, "kiosk.sheet.booked", { time: formats.time(Date.parse(ticket.booked)) }));
    write(need("#ticket-ahead"), ticket.ahead === 0 ? say(language, "kiosk.ahead.none") : count(language, "kiosk.ahead", ticket.ahead));
    const wait = waitWords(ticket.wait, language);
    show(need("#ticket-wait"), wait !== null);
    write(need("#ticket-wait"), wait === null ? "" : say(language, "kiosk.sheet.wait", { wait }));
    write(need("#ticket-taken"), `${formats.day(serverNow)} · ${formats.time(serverNow)}`);
    const code = need<HTMLImageElement>("#ticket-code");
    if (ticket.qrPath !== null) {
      code.src = ticket.qrPath;
    }
    show(code, ticket.qrPath !== null);
    show(need("#ticket-code-words"), ticket.qrPath !== null);
    code.alt = say(language, "kiosk.sheet.code.alt");
    show(need("#ticket-hint"), !ticket.printing);
    this.until = ticks() + (ticket.printing ? printedMs : onScreenMs);
    this.count();
    this.dialog.showModal();
    this.timer = setInterval(() => this.count(), 250);
  }

  private count(): void {
    const left = Math.max(0, Math.ceil((this.until - ticks()) / 1000));
    write(need("#ticket-left"), count(this.language, "kiosk.left", left));
    if (left === 0) {
      this.dialog.close();
    }
  }
}
