// What a desk knows: the last snapshot with the changes that continue it.

import type { DeskChange, DeskSnapshot, DeskTicket } from "../shared/messages.js";

export function applied(data: DeskSnapshot, change: DeskChange): DeskSnapshot {
  const tickets = replaced(data.tickets, change.tickets, ticket => ticket.id).filter(ticket => !change.gone.includes(ticket.id));
  return {
    ...data,
    version: change.to,
    at: change.at,
    tickets: tickets.sort(byArrival),
    counters: replaced(data.counters, change.counters, counter => counter.id),
    next: change.next,
    served: change.served,
    undo: change.undo,
    stopped: change.stopped,
    emergencies: change.emergencies,
    ended: change.ended,
  };
}

function replaced<T>(have: readonly T[], changed: readonly T[], key: (item: T) => string): T[] {
  const changes = new Map(changed.map(item => [key(item), item]));
  const kept = have.map(item => changes.get(key(item)) ?? item);
  const known = new Set(have.map(key));
  return [...kept, ...changed.filter(item => !known.has(key(item)))];
}

function byArrival(a: DeskTicket, b: DeskTicket): number {
  return Date.parse(a.takenAt) - Date.parse(b.takenAt);
}
