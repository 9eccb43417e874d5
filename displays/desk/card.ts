// The ticket at this counter: amber number, since when, and its facts.

import { minutesBetween, stopwatch } from "../shared/clock.js";
import { fill, make, need, set, show, write, writeNumber } from "../shared/dom.js";
import type { DeskTicket } from "../shared/messages.js";
import { count, say } from "../shared/texts.js";
import { waitsSince, type View } from "./model.js";
import { counterLabel, personWords, serviceName, tags } from "./words.js";

export function showCard(view: View): void {
  const { ticket, mode } = view.model;
  set(document.body, "data-mode", mode);
  write(need("#ticket-state"), say(view.language, `desk.state.${mode}`));
  show(need("#facts"), ticket !== null);
  show(need("#tags"), ticket !== null);
  show(need("#reach"), ticket !== null);
  show(need("#idle-text"), ticket === null);
  if (ticket === null) {
    showEmpty(view);
    return;
  }
  writeNumber(need("#ticket-number"), ticket.number);
  write(need("#ticket-since"), since(view, ticket));
  write(need("#ticket-service"), serviceName(view, ticket.service));
  fill(need("#tags"), "#tag-pattern", tags(view, ticket), (element, tag) => {
    write(element, tag.words);
    set(element, "data-kind", tag.kind);
  });
  showFacts(view, ticket);
}

function showEmpty({ model, language }: View): void {
  const { own } = model;
  const mode = model.mode as "ended" | "away" | "pause" | "idle";
  writeNumber(need("#ticket-number"), "");
  write(need("#ticket-since"), "");
  write(need("#ticket-service"), say(language, `desk.empty.${mode}`));
  write(need("#idle-text"), mode === "away" && own?.open === true && own.clerk !== null
    ? say(language, "desk.empty.taken.text", { clerk: own.clerk })
    : say(language, `desk.empty.${mode}.text`));
}

function since({ data, language, now }: View, ticket: DeskTicket): string {
  const time = stopwatch(now - Date.parse(ticket.arrivedAt ?? ticket.lastCallAt ?? ticket.takenAt));
  const usual = data.services.find(service => service.id === ticket.service)?.usualMinutes;
  return ticket.state === "serving" && usual !== undefined
    ? say(language, "desk.since.usual", { time, usual }) : say(language, "desk.since", { time });
}

function showFacts(view: View, ticket: DeskTicket): void {
  const { language, formats } = view;
  const at = (iso: string): string => say(language, "desk.clock", { time: formats.time(Date.parse(iso)) });
  const called = Date.parse(ticket.calledAt ?? ticket.takenAt);
  const facts: [string, string][] = [
    [say(language, "desk.fact.waited"), count(language, "desk.minutes", minutesBetween(waitsSince(ticket), called))],
    [say(language, "desk.fact.called"), calls(view, ticket)],
    [say(language, "desk.fact.taken"), at(ticket.takenAt)],
    [say(language, "desk.fact.arrived"), ticket.arrivedAt === null ? say(language, "desk.fact.none") : at(ticket.arrivedAt)],
  ];
  const before = ticket.parts.at(-1);
  if (before !== undefined) {
    facts.push([say(language, "desk.fact.before"), ticket.parts.map(part => partWords(view, part)).join("; ")]);
  }
  if (ticket.person !== null) {
    facts.push([say(language, "desk.fact.person"), personWords(view, ticket.person)]);
  }
  if (ticket.also.length > 0) {
    facts.push([say(language, "desk.fact.also"), ticket.also.map(id => serviceName(view, id)).join(", ")]);
  }
  // The number of rows differs, so the list is written anew when its words change.
  const list = need("#facts");
  const written = facts.flat().join("\n");
  if (list.dataset["written"] !== written) {
    list.dataset["written"] = written;
    list.replaceChildren(...facts.map(([name, value], index) =>
      make("div", index < 4 ? {} : { class: "wide" }, make("dt", {}, name), make("dd", { title: value }, value))));
  }
}

function calls({ language, formats }: View, ticket: DeskTicket): string {
  const time = formats.time(Date.parse(ticket.lastCallAt ?? ticket.calledAt ?? ticket.takenAt));
  return say(language, ticket.calls === 1 ? "desk.calls.one" : "desk.calls.other", { time, n: ticket.calls });
}

function partWords(view: View, part: DeskTicket["parts"][number]): string {
  const counter = counterLabel(view, part.counter);
  if (part.arrivedAt === null) {
    return say(view.language, "desk.fact.part.missed", { counter });
  }
  const minutes = minutesBetween(Date.parse(part.arrivedAt), Date.parse(part.endedAt));
  return say(view.language, "desk.fact.part", { counter, service: serviceName(view, part.service), minutes });
}
