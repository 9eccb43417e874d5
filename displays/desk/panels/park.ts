// Sets the ticket aside, with a reminder if wished: two keys for the usual case.

import { make } from "../../shared/dom.js";
import { say } from "../../shared/texts.js";
import type { Panel } from "./panel.js";
import { choice, timeChoice } from "./pieces.js";

const usualMinutes = [10, 20, 30] as const;

export const park: Panel = {
  ofVisit: true,
  title: ({ language, model }) => say(language, "desk.park.title", { number: model.ticket?.number ?? "" }),
  build: ({ language }, { wishes, seen, close }) => {
    const go = (until?: string): void => {
      close();
      void wishes.atCounter("park", until === undefined ? {} : { until });
    };
    return [
      make("p", { class: "lead" }, say(language, "desk.park.text")),
      make("div", { class: "choices" },
        choice(say(language, "desk.park.open"), () => go()),
        ...usualMinutes.map(n => choice(say(language, "desk.park.in", { n }), () => go(new Date(seen().now + n * 60_000).toISOString()))),
        timeChoice(seen, say(language, "desk.park.go"), go)),
    ];
  },
};
