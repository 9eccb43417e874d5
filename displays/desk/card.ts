// The ticket at this counter: amber number, since when, and its facts.

import { minutesBetween, stopwatch, type TimeFormats } from "../shared/clock.js";
import { need, show, write, writeNumber } from "../shared/dom.js";
import type { DeskSnapshot, DeskTicket } from "../shared/messages.js";
import { count, say } from "../shared/texts.js";
import { serviceName, usualMinutes, type Model } from "./model.js";

export function showCard(data: DeskSnapshot, model: Model, language: string, formats: TimeFormats, serverNow: number): void {
  const { ticket, mode } = model;
  document.body.dataset["mode"] = mode;
  write(need("#ticket-state"), say(language, `desk.state.${mode}`));
  show(need("#facts"), ticket !== null);
  show(need("#idle-text"), ticket === null);
  if (ticket === null) {
    writeNumber(need("#ticket-number"), "");
    write(need("#ticket-since"), "");
    write(need("#ticket-service"), say(language, "desk.idle.title"));
    show(need("#tags"), false);
    return;
  }
  writeNumber(need("#ticket-number"), ticket.number);
  write(need("#ticket-since"), since(data, ticket, language, serverNow));
  write(need("#ticket-service"), serviceName(data, ticket, language));
  showTags(data, ticket, language);
  const called = Date.parse(ticket.calledAt ?? ticket.takenAt);
  write(need("#fact-waited"), count(language, "desk.minutes", minutesBetween(Date.parse(ticket.takenAt), called)));
  write(need("#fact-called"), calls(ticket, language, formats));
  const arrived = ticket.arrivedAt === null ? "–" : say(language, "desk.clock", { time: formats.time(Date.parse(ticket.arrivedAt)) });
  write(need("#fact-arrived"), arrived);
}

function since(data: DeskSnapshot, ticket: DeskTicket, language: string, serverNow: number): string {
  const from = ticket.arrivedAt ?? ticket.lastCallAt ?? ticket.takenAt;
  const time = stopwatch(serverNow - Date.parse(from));
  const usual = usualMinutes(data, ticket);
  return ticket.state === "serving" && usual !== null
    ? say(language, "desk.since.usual", { time, usual })
    : say(language, "desk.since", { time });
}

function calls(ticket: DeskTicket, language: string, formats: TimeFormats): string {
  const time = formats.time(Date.parse(ticket.lastCallAt ?? ticket.calledAt ?? ticket.takenAt));
  return say(language, ticket.calls === 1 ? "desk.calls.one" : "desk.calls.other", { time, n: ticket.calls });
}

/** The citizen's language, when it is not the office's first. */
function showTags(data: DeskSnapshot, ticket: DeskTicket, language: string): void {
  const foreign = ticket.language !== "" && ticket.language !== data.languages[0];
  show(need("#tags"), foreign);
  write(need("#tag-language"), foreign ? say(language, "desk.fact.language", { language: languageName(ticket.language, language) }) : "");
}

function languageName(code: string, language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
