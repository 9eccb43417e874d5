// Messages of the desk: one line below the buttons, the undo bar, the title and the live regions.

import { need, set, show, write } from "../shared/dom.js";
import { count, say } from "../shared/texts.js";
import type { View } from "./model.js";

const staysMs = 8_000;
const undoMs = 10_000;
const named = new Set(["served", "pickup", "missed", "parked", "waiting", "serving", "called", "transferred"]);

/** A message leaves after 8 s, or with the clerk's next action. */
export class Message {
  private readonly element = need("#message");
  private timer = 0;

  say(words: string, kind: "plain" | "good" | "bad" = "plain"): void {
    clearTimeout(this.timer);
    set(this.element, "data-kind", kind);
    write(this.element, words);
    this.timer = setTimeout(() => this.clear(), staysMs);
  }

  clear(): void {
    clearTimeout(this.timer);
    write(this.element, "");
  }
}

/** The last step can be undone for ten seconds. */
export class UndoBar {
  private readonly bar = need("#undo");
  private spoken = "";

  /** Answers whether there is a step to undo. Without a connection the bar is hidden; it comes back if its time is not over. */
  show({ data, language, now, offlineSince, busy }: View): boolean {
    const left = data.undo === null ? 0 : Date.parse(data.undo.until) - now;
    const open = data.undo !== null && left > 0;
    const offered = open && offlineSince === null;
    show(this.bar, offered);
    if (data.undo === null || !offered) {
      this.spoken = "";
      write(need("#undo-spoken"), "");
      return open;
    }
    const became = named.has(data.undo.became) ? data.undo.became as "served" : "other";
    const words = data.undo.ended === null ? say(language, `desk.undo.${became}`, { number: data.undo.number })
      : say(language, "desk.undo.next", { number: data.undo.number, before: data.undo.ended });
    write(need("#undo-text"), words);
    write(need("#undo-left"), say(language, "desk.undo.left", { n: Math.ceil(left / 1000) }));
    need("#undo-time").style.setProperty("--left", String(Math.min(1, left / undoMs)));
    set(need("#undo-go"), "aria-disabled", String(busy));
    // Spoken once; the seconds are for the eyes.
    if (this.spoken !== data.undo.until + data.undo.ticket) {
      this.spoken = data.undo.until + data.undo.ticket;
      write(need("#undo-spoken"), say(language, "desk.undo.spoken", { words }));
    }
    return true;
  }
}

let announced = "";

/** Writes the state into the title, and speaks it once for people who do not look at the page. */
export function announce({ model, data, language }: View): void {
  const counter = model.own?.label ?? data.counter;
  const own = say(language, "desk.own", { counter });
  const plain = model.ticket === null ? own : `${model.ticket.number} – ${own}`;
  const emergency = data.emergencies[0];
  const title = emergency === undefined ? plain : say(language, "desk.emergency.title", { counter: emergency.label, title: plain });
  if (document.title !== title) {
    document.title = title;
  }
  // The number of waiting people is spoken when the counter becomes free, not for each arrival.
  const state = `${model.mode} ${model.ticket?.number} ${model.ticket?.calls} ${language}`;
  if (announced !== state) {
    announced = state;
    const places = { counter, number: model.ticket?.number ?? "", waiting: count(language, "desk.waiting", model.lists.mine.length) };
    write(need("#announce"), say(language, `desk.spoken.${model.mode}`, places));
  }
}
