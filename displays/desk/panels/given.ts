// What was really done, how often: one by default, more by a press.

import { make, write } from "../../shared/dom.js";
import { pick, say } from "../../shared/texts.js";
import type { Panel } from "./panel.js";
import { choice } from "./pieces.js";

/** As the hub allows. */
const most = 99;

export const given: Panel = {
  ofVisit: true,
  title: ({ language, model }) => say(language, "desk.given.title", { number: model.ticket?.number ?? "" }),
  build: ({ data, model, language }, { wishes, close }) => {
    const quantities = new Map(data.services.map(service => [service.id, service.id === model.ticket?.service ? 1 : 0]));
    const rows = data.services.map(service => {
      const name = pick(service.name, language);
      const shown = make("output", {}, String(quantities.get(service.id)));
      const row = make("li", {}, make("span", {}, name),
        step("−", say(language, "desk.given.less", { service: name }), -1), shown, step("+", say(language, "desk.given.more", { service: name }), 1));
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
      if (await wishes.atCounter("finish", { given: done }) && next) {
        // What the counter looks like after the first wish is not yet on the screen: the second says so by seeing nothing.
        await wishes.atCounter("call-next", { seen: null });
      }
    };
    return [
      make("ul", { class: "given" }, ...rows),
      make("div", { class: "choices end" },
        choice(say(language, "desk.given.next"), () => void finish(true), undefined, "choice strong"),
        choice(say(language, "desk.given.finish"), () => void finish(false))),
    ];
  },
};
