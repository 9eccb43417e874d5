// The title and a live region carry the state to people who do not look at the page.

import { need, write } from "../shared/dom.js";
import { count, say } from "../shared/texts.js";
import type { Seen } from "./seen.js";

let told = "";

export function tell({ model, data, language }: Seen): void {
  const counter = model.own?.label ?? data.counter;
  const own = say(language, "desk.own", { counter });
  const plain = model.ticket === null ? own : `${model.ticket.number} – ${own}`;
  const emergency = data.emergencies[0];
  const title = emergency === undefined ? plain : say(language, "desk.emergency.title", { counter: emergency.label, title: plain });
  if (document.title !== title) {
    document.title = title;
  }
  // How many wait is said when the counter becomes free, not each time somebody comes.
  const state = `${model.mode} ${model.ticket?.number} ${model.ticket?.calls} ${language}`;
  if (told !== state) {
    told = state;
    const places = { counter, number: model.ticket?.number ?? "", waiting: count(language, "desk.waiting", model.lists.mine.length) };
    write(need("#announce"), say(language, `desk.spoken.${model.mode}`, places));
  }
}
