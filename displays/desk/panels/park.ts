// Sets the ticket aside, with or without a reminder. The usual case takes two keys.

import { make } from "../../shared/dom.js";
import { say } from "../../shared/texts.js";
import { choice, timeChoice, type Panel } from "./pieces.js";

const usualMinutes = [10, 20, 30] as const;

export const park: Panel = {
  ofVisit: true,
  title: ({ language, model }) => say(language, "desk.park.title", { number: model.ticket?.number ?? "" }),
  build: ({ language }, { commands, view, close }) => {
    const go = (until?: string): void => {
      close();
      void commands.atCounter("park", until === undefined ? {} : { until });
    };
    return [
      make("p", { class: "lead" }, say(language, "desk.park.text")),
      make("div", { class: "choices" },
        choice(say(language, "desk.park.open"), () => go()),
        ...usualMinutes.map(n => choice(say(language, "desk.park.in", { n }), () => go(new Date(view().now + n * 60_000).toISOString()))),
        timeChoice(view, say(language, "desk.park.go"), go)),
    ];
  },
};
