// Sends the ticket on: area first, then service, counter or person. In the own area one press is enough.

import { make } from "../../shared/dom.js";
import type { CounterWish, DeskTarget } from "../../shared/messages.js";
import { pick, say } from "../../shared/texts.js";
import type { Seen } from "../seen.js";
import type { Panel } from "./panel.js";
import { choice, line, selection } from "./pieces.js";

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
    const inside = make("div", {}, ...own(seen, send));
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
    const here = choice(say(language, "desk.transfer.here"), () => choose(here, own(seen, send)));
    areas.append(here, ...others.map(target => areaChoice(target, seen, button => choose(button, other(target, seen, send)))));
    choose(here, own(seen, send));
    return [line(say(language, "desk.transfer.area"), areas), inside];
  },
};

function areaChoice(target: DeskTarget, { language }: Seen, choose: (button: HTMLElement) => void): HTMLButtonElement {
  const button = choice(pick(target.name, language), () => target.sendable && choose(button), target.sendable ? undefined : say(language, "desk.transfer.unsendable"));
  button.setAttribute("aria-disabled", String(!target.sendable));
  return button;
}

function own(seen: Seen, send: Send): HTMLElement[] {
  const { data, model, language } = seen;
  const others = data.counters.filter(counter => counter.id !== data.counter);
  const clerks = others.filter(counter => counter.clerk !== null && counter.clerk !== data.clerk);
  return [
    line(say(language, "desk.transfer.service"), ...data.services.filter(service => service.id !== model.ticket?.service)
      .map(service => choice(pick(service.name, language), () => send({ service: service.id })))),
    line(say(language, "desk.transfer.counter"), ...others.map(counter => choice(
      say(language, "desk.own", { counter: counter.label }), () => send({ counter: counter.id }),
      say(language, !counter.open ? "desk.counter.closed" : counter.presence === "pause" ? "desk.counter.pause" : "desk.presence.ready")))),
    line(say(language, "desk.transfer.clerk"), ...(clerks.length === 0 ? [make("p", { class: "lead" }, say(language, "desk.transfer.nobody"))]
      : clerks.map(counter => choice(counter.clerk ?? "", () => send({ clerk: counter.clerk ?? "" }), say(language, "desk.own", { counter: counter.label }))))),
  ];
}

/** Another area has services of its own; the counter there is up to them, unless one is wished. */
function other(target: DeskTarget, { language }: Seen, send: Send): HTMLElement[] {
  const label = say(language, "desk.transfer.counter");
  const counter = selection([["", say(language, "desk.transfer.any")], ...target.counters.map(({ id, label }) => [id, say(language, "desk.own", { counter: label })] as const)]);
  counter.setAttribute("aria-label", label);
  return [
    line(say(language, "desk.transfer.service"), ...target.services.map(service => choice(pick(service.name, language),
      () => send({ area: target.area, service: service.id, ...(counter.value !== "" && { counter: counter.value }) })))),
    line(label, counter),
  ];
}
