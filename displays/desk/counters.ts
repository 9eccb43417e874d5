// What goes on at all counters of the area, so that a clerk need not shout across the hall.

import { need, write } from "../shared/dom.js";
import type { DeskSnapshot } from "../shared/messages.js";
import { say } from "../shared/texts.js";

export function showCounters(data: DeskSnapshot, language: string): void {
  const list = need("#counters");
  const pattern = need<HTMLTemplateElement>("#counter-pattern").content.firstElementChild;
  while (pattern !== null && list.children.length < data.counters.length) {
    list.append(pattern.cloneNode(true));
  }
  while (list.children.length > data.counters.length) {
    list.lastElementChild?.remove();
  }
  data.counters.forEach((counter, index) => {
    const item = list.children[index];
    if (item !== undefined) {
      const ticket = data.tickets.find(ticket => ticket.id === counter.ticket);
      item.classList.toggle("own", counter.id === data.counter);
      item.classList.toggle("called", ticket?.state === "called");
      item.classList.toggle("shut", ticket === undefined && !counter.open);
      write(need(".which", item), say(language, counter.id === data.counter ? "desk.counter.own" : "desk.own", { counter: counter.label }));
      write(need(".what", item), ticket?.number ?? say(language, counter.open ? "desk.counter.free" : "desk.counter.closed"));
      write(need("small", item), ticket === undefined ? "" : say(language, ticket.state === "called" ? "desk.state.called" : "desk.state.serving"));
    }
  });
}
