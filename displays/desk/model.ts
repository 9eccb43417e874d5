// What the clerk sees and may do, derived from the desk's data: pure.

import type { DeskCounter, DeskSnapshot, DeskTicket } from "../shared/messages.js";
import { noSteps, steps, type Steps } from "./steps.js";

/** "away": this clerk is not logged in at this counter. */
export type Mode = "ended" | "away" | "pause" | "idle" | "called" | "serving";

export interface Model {
  mode: Mode;
  own: DeskCounter | null;
  ticket: DeskTicket | null;
  next: DeskTicket | null;
  lists: Record<ListName, DeskTicket[]>;
  steps: Steps;
}

export const listNames = ["mine", "parked", "missed", "all"] as const;
export type ListName = typeof listNames[number];

export function model(data: DeskSnapshot): Model {
  const own = data.counters.find(counter => counter.id === data.counter) ?? null;
  const ticket = data.tickets.find(ticket => ticket.id === own?.ticket) ?? null;
  const next = data.tickets.find(ticket => ticket.id === data.next?.ticket) ?? null;
  const mode = modeOf(data, own, ticket);
  return { mode, own, ticket, next, lists: lists(data, next), steps: mode === "ended" && ticket === null ? noSteps : steps(mode, next !== null, own) };
}

function modeOf(data: DeskSnapshot, own: DeskCounter | null, ticket: DeskTicket | null): Mode {
  if (ticket !== null) {
    return ticket.state === "called" ? "called" : "serving";
  }
  if (data.ended) {
    return "ended";
  }
  if (own === null || !own.open || own.clerk !== data.clerk) {
    return "away";
  }
  return own.presence === "ready" ? "idle" : "pause";
}

function lists(data: DeskSnapshot, next: DeskTicket | null): Model["lists"] {
  const services = new Set(data.services.filter(service => service.mine).map(service => service.id));
  const waiting = data.tickets.filter(ticket => ticket.state === "waiting");
  const mine = waiting.filter(ticket => ticket === next || (ticket.forCounter ?? data.counter) === data.counter && (ticket.forClerk ?? data.clerk) === data.clerk
    && (services.has(ticket.service) || ticket.forCounter !== null || ticket.forClerk !== null));
  const order = (a: DeskTicket, b: DeskTicket): number => rank(a, next) - rank(b, next) || Date.parse(a.dueAt) - Date.parse(b.dueAt);
  return {
    mine: mine.sort(order),
    all: waiting.sort(order),
    parked: data.tickets.filter(ticket => ticket.state === "parked" || ticket.state === "pickup").sort((a, b) => wake(a) - wake(b)),
    missed: data.tickets.filter(ticket => ticket.state === "missed" || ticket.state === "cancelled").reverse(),
  };
}

/** The next one stands first, those whose time or turn has not come last. */
function rank(ticket: DeskTicket, next: DeskTicket | null): number {
  return ticket === next ? 0 : isHeld(ticket) ? 2 : 1;
}

function wake(ticket: DeskTicket): number {
  return ticket.wakeAt === null ? Infinity : Date.parse(ticket.wakeAt);
}

export function isHeld(ticket: DeskTicket): boolean {
  return ticket.heldBack || ticket.notBefore !== null;
}

/** Since when somebody waits: arrival, or the booked start if that is later. */
export function waitsSince(ticket: DeskTicket): number {
  return Math.max(Date.parse(ticket.takenAt), ticket.booked === null ? 0 : Date.parse(ticket.booked));
}
