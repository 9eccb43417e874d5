// The short words about a ticket, the same on the card and in the lists. `kind` colours one; the words alone say it, too.

import type { DeskTicket } from "../shared/messages.js";
import { count, say } from "../shared/texts.js";
import { isHeld } from "./model.js";
import type { Seen } from "./seen.js";
import { counterLabel, languageName, priorityName } from "./words.js";

export interface Tag { words: string; kind: "plain" | "appointment" | "priority" | "held" | "urgent"; }

export function tags(seen: Seen, ticket: DeskTicket): Tag[] {
  const found = [...stateTags(seen, ticket), ...groundTags(seen, ticket), ...heldTags(seen, ticket), ...otherTags(seen, ticket)];
  return found.length > 0 || ticket.state !== "waiting" ? found : [plain(say(seen.language, "desk.tag.walk-in"))];
}

function stateTags({ language, formats, now }: Seen, ticket: DeskTicket): Tag[] {
  switch (ticket.state) {
    case "parked":
      return ticket.wakeAt === null ? [plain(say(language, "desk.tag.parked"))]
        : Date.parse(ticket.wakeAt) <= now ? [{ words: say(language, "desk.tag.wake-now"), kind: "urgent" }]
        : [plain(say(language, "desk.tag.wake", { time: formats.time(Date.parse(ticket.wakeAt)) }))];
    case "pickup":
    case "missed":
    case "cancelled":
      return [plain(say(language, `desk.tag.${ticket.state}`))];
    default:
      return [];
  }
}

/** On what ground somebody is called: appointment, priority, sent on, or just came. */
function groundTags(seen: Seen, ticket: DeskTicket): Tag[] {
  const { language, formats } = seen;
  const found: Tag[] = [];
  if (ticket.booked !== null) {
    found.push({ words: say(language, "desk.tag.booked", { time: formats.time(Date.parse(ticket.booked)) }), kind: "appointment" });
  }
  if (ticket.priority !== null) {
    found.push({ words: say(language, "desk.tag.priority", { reason: priorityName(seen, ticket.priority) }), kind: "priority" });
  }
  if (ticket.class === "transferred" && ticket.state === "waiting") {
    found.push(plain(say(language, ticket.fromArea === null ? "desk.tag.again" : "desk.tag.transferred")));
  }
  return found;
}

function heldTags(seen: Seen, ticket: DeskTicket): Tag[] {
  if (!isHeld(ticket) || ticket.state !== "waiting") {
    return [];
  }
  return [{
    words: ticket.notBefore === null ? say(seen.language, "desk.tag.held-back")
      : say(seen.language, "desk.tag.not-before", { time: seen.formats.time(Date.parse(ticket.notBefore)) }),
    kind: "held",
  }];
}

function otherTags(seen: Seen, ticket: DeskTicket): Tag[] {
  const { data, language } = seen;
  const found: Tag[] = [];
  if (ticket.forCounter !== null) {
    found.push(plain(say(language, "desk.tag.counter", { counter: counterLabel(seen, ticket.forCounter) })));
  }
  if (ticket.forClerk !== null) {
    found.push(plain(say(language, "desk.tag.clerk", { clerk: ticket.forClerk })));
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
