// The title and a live region carry the state to people who do not look at the page.

import { need, write } from "../shared/dom.js";
import { count, say } from "../shared/texts.js";
import type { Model } from "./model.js";

let told = "";

export function tell(model: Model, counter: string, language: string): void {
  const own = say(language, "desk.own", { counter });
  const title = model.ticket === null ? own : `${model.ticket.number} – ${own}`;
  if (document.title !== title) {
    document.title = title;
  }
  // How many wait is said when the counter becomes free, not each time somebody comes.
  const state = `${model.mode} ${model.ticket?.number} ${model.ticket?.calls} ${language}`;
  if (told !== state) {
    told = state;
    write(need("#announce"), spoken(model, counter, language));
  }
}

function spoken(model: Model, counter: string, language: string): string {
  const places = { counter, number: model.ticket?.number ?? "", waiting: count(language, "desk.waiting", model.mine.length) };
  return say(language, `desk.spoken.${model.mode}`, places);
}
