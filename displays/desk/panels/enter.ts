// A clerk enters somebody who does not use the kiosk, with or without a slip.

import { make } from "../../shared/dom.js";
import { pick, say } from "../../shared/texts.js";
import { languageName } from "../words.js";
import { personForm } from "./person.js";
import { field, group, selection, type Panel } from "./pieces.js";

export const noteLength = "500";

export const enter: Panel = {
  ofVisit: false,
  title: ({ language }) => say(language, "desk.enter.title"),
  build: ({ data, language }, { commands, message, close }) => {
    const service = selection([...data.services].sort((a, b) => Number(b.mine) - Number(a.mine))
      .map(({ id, name }) => [id, pick(name, language)]));
    const spoken = selection(data.languages.map(code => [code, languageName(code, language)]));
    const priority = selection(
      [["", say(language, "desk.enter.priority.none")], ...data.priorities.map(({ id, name }) => [id, pick(name, language)] as const)]);
    const note = make("textarea", { rows: "2", maxlength: noteLength });
    const also = data.services.map(({ id, name }) => ({ id, box: make("input", { type: "checkbox" }), words: pick(name, language) }));
    const printer = data.devices.find(device => device.kind === "ticket-printer" && device.presence === "ready");
    const print = make("input", { type: "checkbox" });
    print.checked = printer !== undefined;
    const person = personForm(language, null);
    const form = make("form", { class: data.rules.askName ? "enter with-person" : "enter" },
      make("div", { class: "column" },
        field(say(language, "desk.enter.service"), service),
        field(say(language, "desk.enter.language"), spoken),
        ...(data.priorities.length > 0 ? [field(say(language, "desk.enter.priority"), priority)] : [])),
      group(say(language, "desk.enter.also"), "column also",
        make("div", { class: "boxes" }, ...also.map(({ box, words }) => make("label", {}, box, make("span", {}, words))))),
      ...data.rules.askName ? [person.fields] : [],
      make("div", { class: "column" },
        field(say(language, "desk.enter.note"), note),
        ...(printer === undefined ? [] : [make("label", { class: "print" }, print, make("span", {}, say(language, "desk.enter.print")))]),
        make("button", { type: "submit", class: "choice strong" }, make("b", {}, say(language, "desk.enter.go")))));
    form.addEventListener("submit", event => {
      event.preventDefault();
      const printed = print.checked && printer !== undefined;
      void commands.enter({
        service: service.value,
        also: also.filter(({ id, box }) => box.checked && id !== service.value).map(({ id }) => id),
        language: spoken.value,
        priority: priority.value || null,
        remark: note.value.trim() || null,
        person: person.value(),
        printer: printed ? printer.id : null,
      }).then(taken => {
        if (taken !== null) {
          close();
          message.say(say(language, printed ? "desk.enter.done.print" : "desk.enter.done", { number: taken.number }), "good");
        }
      });
    });
    return [form];
  },
};
