// One ticket of a list: number, what for, how long; below it, when opened, what can be done with it.

import { minutesBetween } from "../shared/clock.js";
import { need, set, show, write, writeNumber } from "../shared/dom.js";
import type { DeskTicket } from "../shared/messages.js";
import { count, say } from "../shared/texts.js";
import { rounded, waitWords } from "../shared/waits.js";
import { waitsSince } from "./model.js";
import type { Seen } from "./seen.js";
import { tags } from "./tags.js";
import { serviceName } from "./words.js";

/** From here on a wait is written in red. */
const overdueMinutes = 30;

export function writeRow(row: HTMLElement, seen: Seen, ticket: DeskTicket): void {
  const { language, model, forecasts } = seen;
  const next = ticket === model.next;
  set(row, "class", next ? "next" : "");
  set(row, "data-state", ticket.state);
  writeNumber(need(".number", row), ticket.number);
  write(need(".service", row), serviceName(seen, ticket.service));
  const words = tags(seen, ticket);
  const also = ticket.also.length > 0 ? [count(language, "desk.tag.also", ticket.also.length)] : [];
  const note = ticket.remark !== null ? [say(language, "desk.tag.note")] : [];
  write(need(".what small", row), [...words.map(tag => tag.words), ...also, ...note].join(" · "));
  need(".what small", row).classList.toggle("late", words.some(tag => tag.kind === "urgent"));
  const waits = ticket.state === "waiting";
  show(need(".wait", row), waits);
  if (waits) {
    writeWait(need(".wait b", row), waitsSince(ticket), seen);
    const forecast = forecasts[ticket.id];
    write(need(".wait small", row), forecast === undefined ? "" : say(language, "desk.forecast", { wait: waitWords(rounded(forecast), language) ?? "" }));
  }
  set(need(".more", row), "aria-label", say(language, "desk.more", { number: ticket.number }));
}

export function writeWait(element: Element, since: number, { language, now }: Seen): void {
  const n = minutesBetween(since, now);
  const late = n > overdueMinutes;
  write(element, say(language, "desk.minutes.short", { n }));
  element.classList.toggle("late", late);
  // Red alone says nothing to who cannot see it.
  set(element, "title", late ? say(language, "desk.late", { n }) : "");
}
