// The buttons: what each would do now, whom it would call and why.

import { icon, need, set, write } from "../shared/dom.js";
import { say, type Key } from "../shared/texts.js";
import { usable, type Seen } from "./seen.js";
import { buttonNames } from "./steps.js";
import { serviceName, whyWords } from "./words.js";

export function showButtons(seen: Seen): void {
  const { model, language, busy } = seen;
  write(need("#primary-text"), say(language, primaryText(seen)));
  write(need("#primary-hint"), primaryHint(seen));
  write(need("#primary-why"), callsNext(seen) && model.next !== null && seen.data.next !== null ? whyWords(seen, seen.data.next.why, model.next) : "");
  icon(need("#primary svg"), { ended: "stop", away: "door", pause: "door", idle: "next", called: "check", serving: "check" }[model.mode]);
  write(need("#missed-hint"), missedHint(seen));
  for (const name of buttonNames) {
    set(need(`#${name}`), "aria-disabled", String(!usable(seen) || model.steps[name] === null));
    set(need(`#${name}`), "aria-busy", String(busy));
  }
}

/** Whether the big button would call somebody now. */
function callsNext({ model }: Seen): boolean {
  return model.steps.primary !== null && "action" in model.steps.primary && model.steps.primary.action === "call-next";
}

function primaryText(seen: Seen): Key {
  const { mode, own } = seen.model;
  if (mode !== "serving") {
    return `desk.primary.${mode}`;
  }
  return own?.presence !== undefined && own.presence !== "ready" ? "desk.primary.serving.pause" : callsNext(seen) ? "desk.primary.serving" : "desk.primary.serving.last";
}

function primaryHint(seen: Seen): string {
  const { mode, ticket, next } = seen.model;
  switch (mode) {
    case "called":
      return say(seen.language, "desk.arrived.hint", { number: ticket?.number ?? "" });
    case "idle":
    case "serving":
      return next === null ? say(seen.language, "desk.nobody") : `${next.number} · ${serviceName(seen, next.service)}`;
    default:
      return "";
  }
}

/** Whether who does not come now gets another chance by the area's rules. */
function missedHint({ data, model, language }: Seen): string {
  return model.mode === "called" && model.ticket !== null && model.ticket.misses < data.rules.missedReturns
    ? say(language, "desk.missed.again")
    : "";
}
