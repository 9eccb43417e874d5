// The fields for the citizen of a ticket: name, phone, number of persons. They are kept until the end of the day.

import { make } from "../../shared/dom.js";
import type { TicketPerson } from "../../shared/messages.js";
import { say } from "../../shared/texts.js";
import { field } from "./pieces.js";

/** As the hub allows. */
const [longestName, longestPhone, mostPersons] = ["100", "30", "20"] as const;

/** `value` answers null without a name. */
export function personForm(language: string, known: TicketPerson | null): { fields: HTMLElement; value: () => TicketPerson | null } {
  const name = make("input", { type: "text", maxlength: longestName, autocomplete: "off", spellcheck: "false" });
  const phone = make("input", { type: "tel", maxlength: longestPhone, autocomplete: "off" });
  const persons = make("input", { type: "number", min: "1", max: mostPersons });
  [name.value, phone.value, persons.value] = [known?.name ?? "", known?.phone ?? "", String(known?.persons ?? 1)];
  return {
    fields: make("div", { class: "person" }, field(say(language, "desk.person.name"), name),
      field(say(language, "desk.person.phone"), phone), field(say(language, "desk.person.persons"), persons)),
    value: () => name.value.trim() === "" ? null
      : { name: name.value.trim(), phone: phone.value.trim() || null, persons: persons.valueAsNumber || 1 },
  };
}
