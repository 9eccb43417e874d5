// The menu of a ticket in a list, by the ticket's state.

import { make } from "../shared/dom.js";
import type { DeskTicket, VisitOutcome } from "../shared/messages.js";
import { pick, say } from "../shared/texts.js";
import { isOver, usable, type View } from "./model.js";
import { noteLength } from "./panels/enter.js";
import { choice, type Context } from "./panels/pieces.js";

export type Part = "menu" | "priority" | "note" | "became";

/** A summary of the menu. While it stays the same, the buttons under a clerk's hand stay too. */
export function offer(view: View, ticket: DeskTicket, part: Part): string {
  return [part, view.language, ticket.state, mayUndoArrival(ticket), ticket.priority, mayCall(view, ticket), view.model.mode,
    view.model.ticket?.number,
    usable(view)].join();
}

export function menu(
  view: View, ticket: DeskTicket, part: Part, context: Context, open: (part: Part) => void): HTMLElement[] {
  const { language, data, model } = view;
  const { commands, close } = context;
  const done = (answer: Promise<boolean>): void => {
    close();
    context.message.clear();
    void answer;
  };
  const seated = model.mode !== "away"; // A call from here would take a second seat, unasked.
  const free = model.ticket === null && model.mode !== "ended" && seated;
  const buttons: HTMLButtonElement[] = [];
  const add = (words: string, may: boolean, press: () => void, small?: string): HTMLButtonElement => {
    const button = choice(words, () => usable(view) && may && press(), may ? undefined : small);
    button.setAttribute("aria-disabled", String(!may || !usable(view)));
    buttons.push(button);
    return button;
  };
  if (ticket.state === "parked") {
    add(say(language, "desk.row.resume"), free, () => done(commands.atCounter("resume", { ticket: ticket.id })),
      seated ? undefined : say(language, "desk.row.away"));
  }
  if (ticket.state === "coming") {
    add(say(language, "desk.row.come-in"), !data.ended, () => done(commands.ofTicket(ticket.id, "come-in")));
  } else if (isOver(ticket)) {
    add(say(language, "desk.row.reactivate"), !data.ended, () => done(commands.ofTicket(ticket.id, "reactivate")));
  } else {
    add(say(language, model.mode === "serving" ? "desk.row.finish-and-call" : "desk.row.call"),
      mayCall(view, ticket) && model.mode !== "ended" && seated,
      () => model.mode === "called" ? open(part === "became" ? "menu" : "became")
        : done(commands.atCounter("call", { ticket: ticket.id })),
      !seated ? say(language, "desk.row.away") : mayCall(view, ticket) ? undefined : say(language, "desk.row.not-permitted"));
  }
  if (ticket.area !== null) {
    return [make("div", { class: "choices" }, ...buttons), ...below(view, ticket, part, context, done)]; // The rest is for its own area.
  }
  if (mayUndoArrival(ticket)) {
    add(say(language, "desk.row.undo-come-in"), true, () => done(commands.ofTicket(ticket.id, "undo-come-in")));
  }
  if (ticket.state === "waiting" && data.priorities.length > 0) {
    add(say(language, "desk.row.priority"), true, () => open(part === "priority" ? "menu" : "priority"))
      .setAttribute("aria-expanded", String(part === "priority"));
  }
  if (ticket.state === "waiting" || ticket.state === "coming" || ticket.state === "parked") {
    add(say(language, "desk.row.mend"), true, () => context.open("mend", ticket.id));
  }
  if (!isOver(ticket)) {
    add(say(language, "desk.row.reach"), true, () => context.open("reach", ticket.id));
  }
  add(say(language, "desk.row.note"), true, () => open(part === "note" ? "menu" : "note"))
    .setAttribute("aria-expanded", String(part === "note"));
  if (!isOver(ticket)) {
    add(say(language, "desk.row.cancel"), true, () => {
      done(commands.ofTicket(ticket.id, "cancel").then(taken => {
        if (taken) {
          context.message.say(say(context.view().language, "desk.row.cancelled", { number: ticket.number }), "good");
        }
        return taken;
      }));
    });
  }
  return [make("div", { class: "choices" }, ...buttons), ...below(view, ticket, part, context, done)];
}

/** What the chosen part of the menu asks. */
function below(view: View, ticket: DeskTicket, part: Part, context: Context, done: (answer: Promise<boolean>) => void): HTMLElement[] {
  return part === "became" && view.model.mode === "called" ? [outcomes(view, became =>
    done(context.commands.atCounter("call", { ticket: ticket.id, became })))]
    : part === "priority" ? [priorities(view, ticket, context)] : part === "note" ? [note(view, ticket)] : [];
}

/** Asks what became of the called citizen who never arrived: somebody else is to be called now. */
function outcomes({ model, language }: View, answer: (became: VisitOutcome) => void): HTMLElement {
  const question = say(language, "desk.row.became", { number: model.ticket?.number ?? "" });
  return make("div", { class: "choices reasons", role: "group", "aria-label": question }, make("p", { class: "lead" }, question),
    choice(say(language, "desk.row.became.missed"), () => answer("missed")),
    choice(say(language, "desk.row.became.served"), () => answer("served")));
}

/** Checked in from home, and not called since. */
function mayUndoArrival(ticket: DeskTicket): boolean {
  return ticket.state === "waiting" && ticket.home !== null && ticket.calledAt === null;
}

function mayCall({ data, model }: View, ticket: DeskTicket): boolean {
  const there = data.targets.find(target => target.area === ticket.area);
  return (data.rules.mayCallAny && there?.mayCallAny !== false) || ticket.state !== "waiting" || ticket === model.next;
}

function priorities({ data, language }: View, ticket: DeskTicket, { commands, close }: Context): HTMLElement {
  const reasons = [{ id: null as string | null, words: say(language, "desk.row.priority.none") },
    ...data.priorities.map(({ id, name }) => ({ id, words: pick(name, language) }))];
  return make("div", { class: "choices reasons", role: "group", "aria-label": say(language, "desk.row.priority") },
    ...reasons.map(({ id, words }) => {
      const button = choice(words, () => {
        close();
        void commands.ofTicket(ticket.id, "prioritise", { reason: id });
      });
      button.setAttribute("aria-pressed", String(ticket.priority === id));
      return button;
    }));
}

function note({ language }: View, ticket: DeskTicket): HTMLElement {
  return make("div", { class: "note", "data-ticket": ticket.id },
    make("textarea", { rows: "2", maxlength: noteLength, "aria-label": say(language, "desk.enter.note") }),
    make("span", { role: "status" }));
}
