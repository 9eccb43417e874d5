// Puts the ticket back into the queue, in one of four ways.

import { make } from "../../shared/dom.js";
import { say } from "../../shared/texts.js";
import type { Panel } from "./panel.js";
import { choice, timeChoice } from "./pieces.js";

/** As the hub allows. */
const mostCalls = 50;
const usualCalls = 2;

export const returning: Panel = {
  ofVisit: true,
  title: ({ language, model }) => say(language, "desk.return.title", { number: model.ticket?.number ?? "" }),
  build: ({ language }, { wishes, seen, close }) => {
    const go = (wish: Parameters<typeof wishes.atCounter>[1]): void => {
      close();
      void wishes.atCounter("return", wish);
    };
    const calls = make("input", { type: "number", min: "1", max: String(mostCalls), value: String(usualCalls), "aria-label": say(language, "desk.return.after.label") });
    const after = make("form", { class: "at-time" }, calls, make("button", { type: "submit", class: "choice" }, make("b", {}, say(language, "desk.return.go"))));
    after.addEventListener("submit", event => {
      event.preventDefault();
      go({ way: "after", after: calls.valueAsNumber });
    });
    return [make("div", { class: "ways" },
      choice(say(language, "desk.return.keep-place"), () => go({ way: "keep-place" }), say(language, "desk.return.keep-place.text")),
      choice(say(language, "desk.return.to-end"), () => go({ way: "to-end" }), say(language, "desk.return.to-end.text")),
      make("div", { class: "way" }, make("b", {}, say(language, "desk.return.after")), make("small", {}, say(language, "desk.return.after.text")), after),
      make("div", { class: "way" }, make("b", {}, say(language, "desk.return.at-time")), make("small", {}, say(language, "desk.return.at-time.text")),
        timeChoice(seen, say(language, "desk.return.go"), until => go({ way: "at-time", until }))),
    )];
  },
};
