// What can be done with a ticket of a list, by its state.

import { make } from "../shared/dom.js";
import type { DeskTicket } from "../shared/messages.js";
import { pick, say } from "../shared/texts.js";
import type { Doing } from "./panels/panel.js";
import { noteLength } from "./panels/enter.js";
import { choice } from "./panels/pieces.js";
import { usable, type Seen } from "./seen.js";

export type Part = "menu" | "priority" | "note";

/** Says what the menu offers: as long as it does not change, neither do the buttons under a clerk's hand. */
export function offer(seen: Seen, ticket: DeskTicket, part: Part): string {
  return [part, seen.language, ticket.state, ticket.priority, mayCall(seen, ticket), seen.model.mode, usable(seen)].join();
}

export function menu(seen: Seen, ticket: DeskTicket, part: Part, doing: Doing, open: (part: Part) => void): HTMLElement[] {
  const { language, data, model } = seen;
  const { wishes, close } = doing;
  const done = (wish: Promise<boolean>): void => {
    close();
    doing.message.clear();
    void wish;
  };
  const free = model.ticket === null && model.mode !== "ended";
  const buttons: HTMLButtonElement[] = [];
  const add = (words: string, may: boolean, press: () => void, small?: string): HTMLButtonElement => {
    const button = choice(words, () => usable(seen) && may && press(), may ? undefined : small);
    button.setAttribute("aria-disabled", String(!may || !usable(seen)));
    buttons.push(button);
    return button;
  };
  if (ticket.state === "parked") {
    add(say(language, "desk.row.resume"), free, () => done(wishes.atCounter("resume", { ticket: ticket.id })));
  }
  if (ticket.state === "missed" || ticket.state === "cancelled") {
    add(say(language, "desk.row.reactivate"), !data.ended, () => done(wishes.ofTicket(ticket.id, "reactivate")));
  } else {
    add(say(language, model.mode === "serving" ? "desk.row.finish-and-call" : "desk.row.call"), mayCall(seen, ticket) && model.mode !== "called" && model.mode !== "ended",
      () => done(wishes.atCounter("call", { ticket: ticket.id })), mayCall(seen, ticket) ? undefined : say(language, "desk.row.not-permitted"));
  }
  if (ticket.state === "waiting" && data.priorities.length > 0) {
    add(say(language, "desk.row.priority"), true, () => open(part === "priority" ? "menu" : "priority")).setAttribute("aria-expanded", String(part === "priority"));
  }
  add(say(language, "desk.row.note"), true, () => open(part === "note" ? "menu" : "note")).setAttribute("aria-expanded", String(part === "note"));
  if (ticket.state !== "missed" && ticket.state !== "cancelled") {
    add(say(language, "desk.row.cancel"), true, () => {
      done(wishes.ofTicket(ticket.id, "cancel").then(taken => {
        if (taken) {
          doing.message.say(say(doing.seen().language, "desk.row.cancelled", { number: ticket.number }), "good");
        }
        return taken;
      }));
    });
  }
  return [make("div", { class: "choices" }, ...buttons), ...(part === "priority" ? [priorities(seen, ticket, doing)] : part === "note" ? [note(seen, ticket)] : [])];
}

function mayCall({ data, model }: Seen, ticket: DeskTicket): boolean {
  return data.rules.mayCallAny || ticket.state !== "waiting" || ticket === model.next;
}

function priorities({ data, language }: Seen, ticket: DeskTicket, { wishes, close }: Doing): HTMLElement {
  const reasons = [{ id: null as string | null, words: say(language, "desk.row.priority.none") }, ...data.priorities.map(({ id, name }) => ({ id, words: pick(name, language) }))];
  return make("div", { class: "choices reasons", role: "group", "aria-label": say(language, "desk.row.priority") }, ...reasons.map(({ id, words }) => {
    const button = choice(words, () => {
      close();
      void wishes.ofTicket(ticket.id, "prioritise", { reason: id });
    });
    button.setAttribute("aria-pressed", String(ticket.priority === id));
    return button;
  }));
}

function note({ language }: Seen, ticket: DeskTicket): HTMLElement {
  return make("div", { class: "note", "data-ticket": ticket.id },
    make("textarea", { rows: "2", maxlength: noteLength, "aria-label": say(language, "desk.enter.note") }), make("span", { role: "status" }));
}
