// Corrects a ticket that waits, without calling it: its services, its language, or where it waits.

import { make } from "../../shared/dom.js";
import { pick, say } from "../../shared/texts.js";
import { languageName, serviceName } from "../words.js";
import { choice, field, group, selection, type Panel } from "./pieces.js";
import { targets } from "./transfer.js";

export const mend: Panel = {
  ofVisit: false,
  ofTicket: true,
  title: ({ language }, ticket) => say(language, "desk.mend.title", { number: ticket?.number ?? "" }),
  build: (view, { commands, close, message }, ticket) => {
    if (ticket === null) {
      return [];
    }
    const { data, language } = view;
    const service = selection(options(data.services.map(({ id, name }) => [id, pick(name, language)]), ticket.service,
      serviceName(view, ticket.service)));
    const spoken = selection(options(data.languages.map(code => [code, languageName(code, language)]), ticket.language,
      languageName(ticket.language, language)));
    [service.value, spoken.value] = [ticket.service, ticket.language];
    const also = data.services.map(({ id, name }) => {
      const box = make("input", { type: "checkbox" });
      box.checked = ticket.also.includes(id);
      return { id, box, words: pick(name, language) };
    });
    const done = (answer: Promise<boolean>): void => {
      close();
      void answer.then(taken => taken && message.say(say(language, "desk.mend.done", { number: ticket.number }), "good"));
    };
    const form = make("form", { class: "enter" },
      make("div", { class: "column" },
        field(say(language, "desk.enter.service"), service),
        field(say(language, "desk.enter.language"), spoken)),
      group(say(language, "desk.enter.also"), "column also",
        make("div", { class: "boxes" }, ...also.map(({ box, words }) => make("label", {}, box, make("span", {}, words))))),
      make("div", { class: "column" },
        make("button", { type: "submit", class: "choice strong" }, make("b", {}, say(language, "desk.mend.go"))),
        ...ticket.state !== "waiting" ? [] : [choice(say(language, "desk.mend.send"), () =>
          form.replaceWith(...targets(view, ticket, to => done(commands.ofTicket(ticket.id, "send-on", { to })))))]));
    form.addEventListener("submit", event => {
      event.preventDefault();
      done(commands.ofTicket(ticket.id, "mend", {
        service: service.value,
        also: also.filter(({ id, box }) => box.checked && id !== service.value).map(({ id }) => id),
        ...spoken.value !== ticket.language && { language: spoken.value },
      }));
    });
    return [form];
  },
};

/** The present value stays a choice when the office no longer has it. */
function options(known: (readonly [string, string])[], present: string, words: string): (readonly [string, string])[] {
  return known.some(([id]) => id === present) ? known : [...known, [present, words]];
}
