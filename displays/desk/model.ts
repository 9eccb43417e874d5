// The view of the desk and the step of each button, derived from the desk's data: pure.

import type { TimeFormats } from "../shared/clock.js";
import type { CounterAction, CounterRequest, DeskCounter, DeskForecasts, DeskSnapshot, DeskTicket } from "../shared/messages.js";

/** One state of the desk: every part of the page is written from it. */
export interface View {
  data: DeskSnapshot;
  model: Model;
  forecasts: DeskForecasts["tickets"];
  language: string;
  formats: TimeFormats;
  /** Server time, in milliseconds since 1970. */
  now: number;
  /** Server time of the data when it is no longer current; null while it is. */
  offlineSince: number | null;
  /** A command of this counter has no answer yet, or its effect is not yet shown. */
  busy: boolean;
  /** The state at the counter has just changed: the next press may have been meant for the state before. */
  fresh: boolean;
}

/** Whether a command may be sent now. */
export function usable(view: View): boolean {
  return view.offlineSince === null && !view.busy;
}

/** "away": this clerk is not logged in at this counter. */
type Mode = "ended" | "away" | "pause" | "idle" | "called" | "serving";

export const listNames = ["mine", "coming", "parked", "missed", "all"] as const;
export type ListName = typeof listNames[number];

export type PanelName = "park" | "return" | "transfer" | "given" | "switch" | "enter" | "services" | "seat" | "appointments" | "book"
  | "hasty" | "mend" | "reach" | "find" | "next-for";
export type Step = { action: CounterAction; request?: Partial<CounterRequest> } | { panel: PanelName };

export const buttonNames = ["primary", "recall", "transfer", "park", "missed", "return", "finish", "given", "pickup", "switch"] as const;
export type ButtonName = typeof buttonNames[number];

export interface Model {
  mode: Mode;
  own: DeskCounter | null;
  ticket: DeskTicket | null;
  next: DeskTicket | null;
  lists: Record<ListName, DeskTicket[]>;
  /** The command or panel of each button. A button without one has nothing to do in this state. */
  steps: Partial<Record<ButtonName, Step>>;
}

/** `now`: server time, in milliseconds since 1970. */
export function modelOf(data: DeskSnapshot, now: number): Model {
  const own = data.counters.find(counter => counter.id === data.counter) ?? null;
  const ticket = data.tickets.find(ticket => ticket.id === own?.ticket) ?? null;
  const next = [...data.tickets, ...data.further].find(ticket => ticket.id === data.next?.ticket) ?? null;
  const mode = modeOf(data, own, ticket);
  return { mode, own, ticket, next, lists: listsOf(data, next, now), steps: stepsOf(mode, next !== null && own?.presence === "ready") };
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

/** One big button that always knows the next step. Calling finishes a visit by itself. */
function stepsOf(mode: Mode, callsNext: boolean): Model["steps"] {
  const visit: Model["steps"] = {
    transfer: { panel: "transfer" }, park: { panel: "park" }, return: { panel: "return" }, switch: { panel: "switch" },
    finish: { action: "finish" },
  };
  switch (mode) {
    case "ended":
      return {};
    case "away":
      return { primary: { action: "log-in" } };
    case "pause":
      return { primary: { action: "presence", request: { presence: "ready" } } };
    case "idle":
      return { primary: { action: "call-next" } };
    case "called":
      return { ...visit, primary: { action: "arrived" }, recall: { action: "recall" }, missed: { action: "missed" } };
    case "serving":
      return {
        ...visit,
        primary: { action: callsNext ? "call-next" : "finish" },
        given: { panel: "given" }, pickup: { action: "finish", request: { forPickup: true } },
      };
  }
}

function listsOf(data: DeskSnapshot, next: DeskTicket | null, now: number): Model["lists"] {
  const services = new Set(data.services.filter(service => service.mine).map(service => service.id));
  const waiting = [...data.tickets, ...data.further].filter(ticket => ticket.state === "waiting");
  const mine = waiting.filter(ticket => ticket === next || ticket.area !== null || (isSent(ticket) && isSentHere(ticket, data))
    || (services.has(ticket.service) && !isKept(ticket, data, now)));
  const order = (a: DeskTicket, b: DeskTicket): number => rank(a, next) - rank(b, next) || Date.parse(a.dueAt) - Date.parse(b.dueAt);
  return {
    mine: mine.sort(order),
    all: waiting.sort(order),
    parked: data.tickets.filter(ticket => ticket.state === "parked" || ticket.state === "pickup").sort((a, b) => wake(a) - wake(b)),
    missed: data.tickets.filter(isOver).reverse(),
    coming: data.tickets.filter(ticket => ticket.state === "coming"),
  };
}

/** Sent to one counter or clerk. */
export function isSent(ticket: DeskTicket): boolean {
  return ticket.forCounter !== null || ticket.forClerk !== null;
}

function isSentHere(ticket: DeskTicket, data: DeskSnapshot): boolean {
  return (ticket.forCounter ?? data.counter) === data.counter && (ticket.forClerk ?? data.clerk) === data.clerk;
}

/** As the hub decides: for so long only the counter or clerk that it was sent to calls it, if it is there. */
export function isKept(ticket: DeskTicket, data: DeskSnapshot, now: number): boolean {
  const { keptMinutes } = data.rules;
  return isSent(ticket)
    && (keptMinutes === 0 || ticket.keptFrom === null || now - Date.parse(ticket.keptFrom) <= keptMinutes * 60_000)
    && (data.seats.some(seat => seat.clerk === ticket.forClerk) || data.counters.some(counter => counter.open
      && (counter.id === ticket.forCounter || (counter.clerk !== null && counter.clerk === ticket.forClerk))));
}

/** The beginning of the visit can still be undone: the next press may have been meant for it. */
export function isYoung({ model, data, now }: View): boolean {
  return model.mode === "serving" && data.undo !== null && data.undo.became === "serving" && data.undo.ticket === model.ticket?.id
    && Date.parse(data.undo.until) > now;
}

/** It is not called any more, but may be put back into the queue. */
export function isOver(ticket: DeskTicket): boolean {
  return ticket.state === "missed" || ticket.state === "lapsed" || ticket.state === "cancelled";
}

/** The next one stands first; tickets that must not be called yet stand last. */
function rank(ticket: DeskTicket, next: DeskTicket | null): number {
  return ticket === next ? 0 : isHeld(ticket) ? 2 : 1;
}

function wake(ticket: DeskTicket): number {
  return ticket.wakeAt === null ? Infinity : Date.parse(ticket.wakeAt);
}

export function isHeld(ticket: DeskTicket): boolean {
  return ticket.heldBack || ticket.notBefore !== null;
}

/** The start of the wait: arrival, or the booked start if that is later. Nobody waits at home. */
export function waitsSince(ticket: DeskTicket): number {
  return Math.max(...[ticket.takenAt, ticket.booked, ticket.home?.cameAt].map(at => Date.parse(at ?? "") || 0));
}
