// What goes on at all counters of the area, so that a clerk need not shout across the hall.

import { fill, need, write } from "../shared/dom.js";
import { say } from "../shared/texts.js";
import type { Seen } from "./seen.js";

export function showCounters({ data, language }: Seen): void {
  fill(need("#counters"), "#counter-pattern", data.counters, (item, counter) => {
    const ticket = data.tickets.find(ticket => ticket.id === counter.ticket);
    item.classList.toggle("own", counter.id === data.counter);
    item.classList.toggle("called", ticket?.state === "called");
    item.classList.toggle("shut", ticket === undefined && !(counter.open && counter.presence === "ready"));
    write(need(".which", item), say(language, counter.id === data.counter ? "desk.counter.own" : "desk.own", { counter: counter.label }));
    write(need(".what", item), ticket?.number ?? say(language, !counter.open ? "desk.counter.closed" : counter.presence === "pause" ? "desk.counter.pause" : "desk.counter.free"));
    const state = ticket === undefined ? null : say(language, ticket.state === "called" ? "desk.state.called" : "desk.state.serving");
    write(need("small", item), [state, counter.clerk].filter(words => words !== null).join(" · "));
  });
}
