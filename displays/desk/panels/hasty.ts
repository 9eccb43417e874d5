// The visit has only just begun: the big button asks whether the clerk stays with it. Pressed again, it stays.

import { make } from "../../shared/dom.js";
import { say } from "../../shared/texts.js";
import { choice, type Panel } from "./pieces.js";

export const hasty: Panel = {
  ofVisit: true,
  title: ({ language, model }) => say(language, "desk.hasty.title", { number: model.ticket?.number ?? "" }),
  build: ({ language, model }, { commands, close, view }) => {
    const number = model.ticket?.number ?? "";
    const go = (): void => {
      const step = view().model.steps.primary;
      close();
      if (step !== undefined && "action" in step) {
        void commands.atCounter(step.action, step.request);
      }
    };
    const ends = model.steps.primary !== undefined && "action" in model.steps.primary && model.steps.primary.action === "finish";
    return [
      make("p", { class: "lead" }, say(language, "desk.hasty.text", { number })),
      make("div", { class: "choices" },
        choice(say(language, "desk.hasty.stay", { number }), close, undefined, "choice strong"),
        choice(ends ? say(language, "desk.hasty.finish", { number })
          : say(language, "desk.hasty.next", { number, next: model.next?.number ?? "" }), go)),
    ];
  },
};
