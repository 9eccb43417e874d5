// Words of the desk: services, counters, reasons, the tags of a ticket, and why it is the next.

import { minutesBetween } from "../shared/clock.js";
import type { DeskTicket, TicketPerson, Why } from "../shared/messages.js";
import { count, pick, say } from "../shared/texts.js";
import { isHeld, isKept, waitsSince, type View } from "./model.js";

export function serviceName({ data, language }: View, id: string): string {
  // A ticket that was fetched from another area asks for a service of that area.
  const service = data.services.find(service => service.id === id)
    ?? data.targets.flatMap(target => target.services).find(service => service.id === id);
  return service === undefined ? id : pick(service.name, language);
}

export function areaName({ data, language }: View, area: string): string {
  const target = data.targets.find(target => target.area === area);
  return target === undefined ? area : pick(target.name, language);
}

export function counterLabel({ data }: View, id: string): string {
  return data.counters.find(counter => counter.id === id)?.label ?? id;
}

export function priorityName({ data, language }: View, id: string): string {
  const reason = data.priorities.find(reason => reason.id === id);
  return reason === undefined ? id : pick(reason.name, language);
}

/** "Erika Muster · 0123 · 2 Personen". */
export function personWords({ language }: View, { name, phone, persons }: TicketPerson): string {
  return [name, phone, persons === 1 ? null : count(language, "desk.persons", persons)].filter(part => part !== null).join(" · ");
}

export function languageName(code: string, language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** "Termin 10:40 geht vor", "wartet 31 min". */
export function whyWords(view: View, why: Why, ticket: DeskTicket): string {
  const since = why.since === undefined || ticket.home !== null ? waitsSince(ticket) : Date.parse(why.since);
  return say(view.language, `desk.why.${why.kind}`, {
    minutes: minutesBetween(Math.min(since, waitsSince(ticket)), view.now),
    time: view.formats.time(ticket.booked === null ? since : Date.parse(ticket.booked)),
    reason: priorityName(view, why.reason ?? ticket.priority ?? ""),
  });
}

/** A short word about a ticket, the same on the card and in the lists. `kind` colours it. */
export interface Tag { words: string; kind: "plain" | "appointment" | "priority" | "held" | "urgent"; }

export function tags(view: View, ticket: DeskTicket): Tag[] {
  const found = [...stateTags(view, ticket), ...groundTags(view, ticket), ...heldTags(view, ticket), ...otherTags(view, ticket)];
  return found.length > 0 || ticket.state !== "waiting" ? found : [plain(say(view.language, "desk.tag.walk-in"))];
}

function stateTags(view: View, ticket: DeskTicket): Tag[] {
  const { language, formats } = view;
  switch (ticket.state) {
    case "parked":
      return [...ticket.parkedBy === null ? [] : [plain(say(language, "desk.tag.parked-by", { clerk: ticket.parkedBy }))],
        ...wakeTags(ticket, view)];
    case "pickup":
      return [plain(say(language, "desk.tag.pickup"))];
    case "coming":
      return [plain(say(language, "desk.tag.coming",
        { time: ticket.home === null ? "" : formats.time(Date.parse(ticket.home.arriveBy)) }))];
    case "missed":
    case "lapsed":
    case "cancelled":
      return [plain(say(language, `desk.tag.${ticket.state}`))];
    default:
      return [];
  }
}

function wakeTags(ticket: DeskTicket, { language, formats, now }: View): Tag[] {
  return ticket.wakeAt === null ? ticket.parkedBy === null ? [plain(say(language, "desk.tag.parked"))] : []
    : Date.parse(ticket.wakeAt) <= now ? [{ words: say(language, "desk.tag.wake-now"), kind: "urgent" }]
        : [plain(say(language, "desk.tag.wake", { time: formats.time(Date.parse(ticket.wakeAt)) }))];
}

/** The ground of the call: appointment, priority or transfer. */
function groundTags(view: View, ticket: DeskTicket): Tag[] {
  const { language, formats } = view;
  const found: Tag[] = [];
  const from = ticket.area ?? (ticket.state === "waiting" ? null : ticket.fromArea);
  if (from !== null) {
    found.push(plain(say(language, ticket.area === null ? "desk.tag.from" : "desk.tag.waits-in", { area: areaName(view, from) })));
  }
  if (ticket.booked !== null) {
    found.push({ words: say(language, "desk.tag.booked", { time: formats.time(Date.parse(ticket.booked)) }), kind: "appointment" });
  }
  if (ticket.home !== null && ticket.state === "waiting") {
    found.push(plain(say(language, "desk.tag.home")));
  }
  if (ticket.priority !== null) {
    found.push({ words: say(language, "desk.tag.priority", { reason: priorityName(view, ticket.priority) }), kind: "priority" });
  }
  if (ticket.class === "transferred" && ticket.state === "waiting") {
    found.push(plain(say(language, ticket.fromArea === null ? "desk.tag.again" : "desk.tag.transferred")));
  }
  return found;
}

function heldTags(view: View, ticket: DeskTicket): Tag[] {
  if (!isHeld(ticket) || ticket.state !== "waiting") {
    return [];
  }
  return [{
    words: ticket.notBefore === null ? say(view.language, "desk.tag.held-back")
      : say(view.language, "desk.tag.not-before", { time: view.formats.time(Date.parse(ticket.notBefore)) }),
    kind: "held",
  }];
}

function otherTags(view: View, ticket: DeskTicket): Tag[] {
  const { data, language } = view;
  const found: Tag[] = [];
  const isFree = !isKept(ticket, data, view.now);
  if (ticket.forCounter !== null) {
    const counter = counterLabel(view, ticket.forCounter);
    found.push(plain(say(language, isFree ? "desk.tag.counter.before" : "desk.tag.counter", { counter })));
  }
  if (ticket.forClerk !== null) {
    found.push(plain(say(language, isFree ? "desk.tag.clerk.before" : "desk.tag.clerk", { clerk: ticket.forClerk })));
  }
  if (ticket.language !== "" && ticket.language !== data.languages[0]) {
    const name = languageName(ticket.language, language);
    found.push(plain(ticket.state === "waiting" ? name : say(language, "desk.tag.language", { language: name })));
  }
  if (ticket.misses > 0 && ticket.state !== "missed") {
    found.push(plain(count(language, "desk.tag.misses", ticket.misses)));
  }
  return found;
}

function plain(words: string): Tag {
  return { words, kind: "plain" };
}
