// What things are called: services, languages, reasons, counters, and why somebody is next.

import { minutesBetween } from "../shared/clock.js";
import type { DeskTicket, Why } from "../shared/messages.js";
import { pick, say } from "../shared/texts.js";
import { waitsSince } from "./model.js";
import type { Seen } from "./seen.js";

export function serviceName({ data, language }: Seen, id: string): string {
  const service = data.services.find(service => service.id === id);
  return service === undefined ? id : pick(service.name, language);
}

export function counterLabel({ data }: Seen, id: string): string {
  return data.counters.find(counter => counter.id === id)?.label ?? id;
}

export function priorityName({ data, language }: Seen, id: string): string {
  const reason = data.priorities.find(reason => reason.id === id);
  return reason === undefined ? id : pick(reason.name, language);
}

export function languageName(code: string, language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** "Termin 10:40 geht vor", "wartet 31 min". */
export function whyWords(seen: Seen, why: Why, ticket: DeskTicket): string {
  const since = why.since === undefined ? waitsSince(ticket) : Date.parse(why.since);
  return say(seen.language, `desk.why.${why.kind}`, {
    minutes: minutesBetween(Math.min(since, waitsSince(ticket)), seen.now),
    time: seen.formats.time(ticket.booked === null ? since : Date.parse(ticket.booked)),
    reason: priorityName(seen, why.reason ?? ticket.priority ?? ""),
  });
}
