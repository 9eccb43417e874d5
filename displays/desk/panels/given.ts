// The services really given in the visit, and how often: one by default, more by a press.

import { make, write } from "../../shared/dom.js";
import type { DeskSnapshot, DeskTargetService, DeskTicket, ServedOutcome } from "../../shared/messages.js";
import { pick, say } from "../../shared/texts.js";
import { choice, type Panel } from "./pieces.js";

/** As the hub allows. */
const most = 99;

export const given: Panel = {
  ofVisit: true,
  title: ({ language, model }) => say(language, "desk.given.title", { number: model.ticket?.number ?? "" }),
  build: ({ data, model, language }, { commands, close }) => {
    const services = givenIn(data, model.ticket);
    const quantities = new Map(services.map(service => [service.id, service.id === model.ticket?.service ? 1 : 0]));
    const rows = services.map(service => {
      const name = pick(service.name, language);
      const shown = make("output", {}, String(quantities.get(service.id)));
      const row = make("li", {}, make("span", {}, name),
        step("−", say(language, "desk.given.less", { service: name }), -1), shown,
        step("+", say(language, "desk.given.more", { service: name }), 1));
      row.classList.toggle("some", quantities.get(service.id) !== 0);
      function step(sign: string, words: string, by: number): HTMLButtonElement {
        const button = make("button", { type: "button", class: "step", "aria-label": words }, sign);
        button.addEventListener("click", () => {
          const quantity = Math.min(most, Math.max(0, (quantities.get(service.id) ?? 0) + by));
          quantities.set(service.id, quantity);
          write(shown, String(quantity));
          row.classList.toggle("some", quantity !== 0);
        });
        return button;
      }
      return row;
    });
    const finish = async (next: boolean): Promise<void> => {
      close();
      const done = [...quantities].filter(([, quantity]) => quantity > 0).map(([service, quantity]) => ({ service, quantity }));
      if (await commands.atCounter("finish", { given: done }) && next) {
        // The counter's state after the first command is not shown yet, so the second names no revision.
        await commands.atCounter("call-next", { seen: null });
      }
    };
    const without = (outcome: ServedOutcome): void => {
      close();
      void commands.atCounter("finish", { outcome });
    };
    return [
      make("ul", { class: "given" }, ...rows),
      make("div", { class: "choices end" },
        choice(say(language, "desk.given.nothing-done"), () => without("nothing-done")),
        choice(say(language, "desk.given.papers-missing"), () => without("papers-missing")),
        choice(say(language, "desk.given.next"), () => void finish(true), undefined, "choice strong"),
        choice(say(language, "desk.given.finish"), () => void finish(false))),
    ];
  },
};

/** A ticket that was fetched from another area may be given the services of that area too. */
function givenIn(data: DeskSnapshot, ticket: DeskTicket | null): readonly DeskTargetService[] {
  const from = data.targets.find(target => target.area === ticket?.fromArea && !target.own);
  return data.services.some(service => service.id === ticket?.service) || from === undefined ? data.services
    : [...from.services, ...data.services];
}
