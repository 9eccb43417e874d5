// Sends the ticket on: area first, then service, counter or person. In the own area one press is enough.

import { make } from "../../shared/dom.js";
import type { CounterRequest, DeskTarget, DeskTicket } from "../../shared/messages.js";
import { pick, say } from "../../shared/texts.js";
import type { View } from "../model.js";
import { areaName, serviceName } from "../words.js";
import { choice, line, selection, type Panel } from "./pieces.js";

type Send = (to: NonNullable<CounterRequest["to"]>) => void;

export const transfer: Panel = {
  ofVisit: true,
  title: ({ language, model }) => say(language, "desk.transfer.title", { number: model.ticket?.number ?? "" }),
  build: (view, { commands, close }) => {
    const { model } = view;
    const send: Send = to => {
      close();
      void commands.atCounter("transfer", { to });
    };
    return targets(view, model.ticket, send);
  },
};

/** The choices of a target for a ticket, at this counter or waiting. */
export function targets(view: View, ticket: DeskTicket | null, send: Send): HTMLElement[] {
  const { data, language } = view;
  const inside = make("div", {}, ...own(view, ticket, send));
  const others = data.targets.filter(target => !target.own);
  if (others.length === 0) {
    return [inside];
  }
  const areas = make("div", { class: "choices" });
  const choose = (button: HTMLElement, content: HTMLElement[]): void => {
    for (const other of areas.querySelectorAll("button")) {
      other.setAttribute("aria-pressed", String(other === button));
    }
    inside.replaceChildren(...content);
  };
  const here = choice(say(language, "desk.transfer.here"), () => choose(here, own(view, ticket, send)));
  areas.append(here, ...others.map(target => areaChoice(target, view, button => choose(button, other(target, view, ticket, send)))));
  choose(here, own(view, ticket, send));
  return [line(say(language, "desk.transfer.area"), areas), inside];
}

function areaChoice(target: DeskTarget, { language }: View, choose: (button: HTMLElement) => void): HTMLButtonElement {
  const button = choice(pick(target.name, language), () => target.sendable && choose(button), target.sendable ? undefined
    : say(language, "desk.transfer.unsendable"));
  button.setAttribute("aria-disabled", String(!target.sendable));
  return button;
}

function own(view: View, ticket: DeskTicket | null, send: Send): HTMLElement[] {
  const { data, model, language } = view;
  const others = data.counters.filter(counter => counter.id !== data.counter || ticket !== model.ticket);
  const clerks = [
    ...others.filter(counter => counter.clerk !== null && counter.clerk !== data.clerk)
      .map(({ clerk, label }) => ({ clerk: clerk ?? "", place: say(language, "desk.own", { counter: label }) })),
    ...data.seats.map(({ clerk, label, area }) =>
      ({ clerk, place: `${say(language, "desk.own", { counter: label })} · ${areaName(view, area)}` })),
  ];
  return [
    line(say(language, "desk.transfer.service"), ...data.services.filter(service => service.id !== ticket?.service)
      .map(service => choice(pick(service.name, language), () => send({ service: service.id })))),
    line(say(language, "desk.transfer.counter"), ...others.map(counter => choice(
      say(language, "desk.own", { counter: counter.label }), () => send({ counter: counter.id }),
      say(language, !counter.open ? "desk.counter.closed" : counter.presence === "pause" ? "desk.counter.pause" : "desk.presence.ready")))),
    line(say(language, "desk.transfer.clerk"),
      ...(clerks.length === 0 ? [make("p", { class: "lead" }, say(language, "desk.transfer.nobody"))]
        : clerks.map(({ clerk, place }) => choice(clerk, () => send({ clerk }), place)))),
  ];
}

/** Another area has services of its own. The clerk may name a counter there. */
function other(target: DeskTarget, view: View, ticket: DeskTicket | null, send: Send): HTMLElement[] {
  const { language } = view;
  const dropped = (ticket?.also ?? []).filter(id => target.services.every(service => service.id !== id));
  const label = say(language, "desk.transfer.counter");
  const counter = selection([["", say(language, "desk.transfer.any")],
    ...target.counters.map(({ id, label }) => [id, say(language, "desk.own", { counter: label })] as const)]);
  counter.setAttribute("aria-label", label);
  return [
    line(say(language, "desk.transfer.service"), ...target.services.map(service => choice(pick(service.name, language),
      () => send({ area: target.area, service: service.id, ...(counter.value !== "" && { counter: counter.value }) })))),
    line(label, counter),
    ...(dropped.length === 0 ? [] : [make("p", { class: "lead" },
      say(language, "desk.transfer.dropped", { services: dropped.map(id => serviceName(view, id)).join(", ") }))]),
  ];
}
