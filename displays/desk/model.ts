// What the clerk sees and may do, derived from the desk's data: pure.

import type { DeskCounter, DeskSnapshot, DeskTicket } from "../shared/messages.js";
import { pick } from "../shared/texts.js";

export type Mode = "closed" | "idle" | "called" | "serving";
export type Action = "call-next" | "recall" | "arrived" | "finish" | "missed" | "open" | "close";
export type ButtonName = "primary" | "recall" | "missed" | "finish";

export interface Model {
  mode: Mode;
  own: DeskCounter | null;
  ticket: DeskTicket | null;
  next: DeskTicket | null;
  waiting: DeskTicket[];
  mine: DeskTicket[];
  /** What each button would ask for now; null when it makes no sense in this state. */
  actions: Record<ButtonName, Action | null>;
}

export function model(data: DeskSnapshot): Model {
  const own = data.counters.find(counter => counter.id === data.counter) ?? null;
  const ticket = data.tickets.find(ticket => ticket.id === own?.ticket) ?? null;
  const next = data.tickets.find(ticket => ticket.id === data.next || ticket.number === data.next) ?? null;
  const waiting = data.tickets.filter(ticket => ticket.state === "waiting");
  const services = new Set(data.services.filter(service => service.mine).map(service => service.id));
  const mode = ticket?.state === "called" ? "called" : ticket !== null ? "serving" : own?.open === true ? "idle" : "closed";
  return { mode, own, ticket, next, waiting, mine: waiting.filter(ticket => services.has(ticket.service)), actions: actions(mode, next !== null) };
}

/** One big button that always knows the next step. Calling opens a closed counter and finishes a visit by itself. */
function actions(mode: Mode, someoneWaits: boolean): Model["actions"] {
  switch (mode) {
    case "closed":
    case "idle":
      return { primary: "call-next", recall: null, missed: null, finish: null };
    case "called":
      return { primary: "arrived", recall: "recall", missed: "missed", finish: "finish" };
    case "serving":
      return { primary: someoneWaits ? "call-next" : "finish", recall: null, missed: null, finish: "finish" };
  }
}

export function serviceName(data: DeskSnapshot, ticket: DeskTicket, language: string): string {
  const service = data.services.find(service => service.id === ticket.service);
  return service === undefined ? ticket.service : pick(service.name, language);
}

export function usualMinutes(data: DeskSnapshot, ticket: DeskTicket): number | null {
  return data.services.find(service => service.id === ticket.service)?.usualMinutes ?? null;
}
