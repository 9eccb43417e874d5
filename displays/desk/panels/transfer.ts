// Sends the ticket on: area first, then service, counter or person. In the own area one press is enough.

import { make } from "../../shared/dom.js";
import type { CounterWish, DeskTarget } from "../../shared/messages.js";
import { pick, say } from "../../shared/texts.js";
import type { Seen } from "../seen.js";
import type { Panel } from "./panel.js";
import { choice, field, group, selection } from "./pieces.js";

type Send = (to: NonNullable<CounterWish["to"]>) => void;

export const transfer: Panel = {
  ofVisit: true,
  title: ({ language, model }) => say(language, "desk.transfer.title", { number: model.ticket?.number ?? "" }),
  build: (seen, { wishes, close }) => {
    const { data, language } = seen;
    const send: Send = to => {
      close();
      void wishes.atCounter("transfer", { to });
    };
    const inside = make("div", { class: "columns" }, ...own(seen, send));
    const others = data.targets.filter(target => !target.own);
    if (others.length === 0) {
      return [inside];
    }
    const areas = make("div", { class: "choices areas", role: "group", "aria-label": say(language, "desk.transfer.area") });
    const choose = (button: HTMLElement, content: HTMLElement[]): void => {
      for (const other of areas.children) {
        other.setAttribute("aria-pressed", String(other === button));
      }
      inside.replaceChildren(...content);
    };
    const here = choice(say(language, "desk.transfer.here"), () => choose(here, own(seen, send)));
    areas.append(here, ...others.map(target => areaChoice(target, seen, button => choose(button, other(target, seen, send)))));
    choose(here, own(seen, send));
    return [areas, inside];
  },
};

function areaChoice(target: DeskTarget, { language }: Seen, choose: (button: HTMLElement) => void): HTMLButtonElement {
  const area = pick(target.name, language);
  const button = choice(area, () => target.sendable && choose(button), target.sendable ? undefined : say(language, "desk.transfer.unsendable", { area }));
  button.setAttribute("aria-disabled", String(!target.sendable));
  return button;
}

function own(seen: Seen, send: Send): HTMLElement[] {
  const { data, model, language } = seen;
  const others = data.counters.filter(counter => counter.id !== data.counter);
  const clerks = others.filter(counter => counter.clerk !== null && counter.clerk !== data.clerk);
  return [
    group(say(language, "desk.transfer.service"), "column", ...data.services.filter(service => service.id !== model.ticket?.service)
      .map(service => choice(pick(service.name, language), () => send({ service: service.id })))),
    group(say(language, "desk.transfer.counter"), "column", ...others.map(counter => choice(
      say(language, "desk.own", { counter: counter.label }), () => send({ counter: counter.id }),
      say(language, !counter.open ? "desk.counter.closed" : counter.presence === "pause" ? "desk.counter.pause" : "desk.presence.ready")))),
    group(say(language, "desk.transfer.clerk"), "column", ...(clerks.length === 0 ? [make("p", { class: "lead" }, say(language, "desk.transfer.nobody"))]
      : clerks.map(counter => choice(counter.clerk ?? "", () => send({ clerk: counter.clerk ?? "" }), say(language, "desk.own", { counter: counter.label }))))),
  ];
}

/** Another area has services of its own; the counter there is up to them, unless one is wished. */
function other(target: DeskTarget, { language }: Seen, send: Send): HTMLElement[] {
  const counter = selection([["", say(language, "desk.transfer.any")], ...target.counters.map(({ id, label }) => [id, say(language, "desk.own", { counter: label })] as const)]);
  return [
    group(say(language, "desk.transfer.service"), "column", ...target.services.map(service => choice(pick(service.name, language),
      () => send({ area: target.area, service: service.id, ...(counter.value !== "" && { counter: counter.value }) })))),
    make("div", { class: "column" }, field(say(language, "desk.transfer.counter"), counter)),
  ];
}
