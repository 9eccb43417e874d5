// The last step can be taken back for ten seconds: cheaper for everybody than to ask "are you sure?" each time.

import { need, set, show, write } from "../shared/dom.js";
import { say } from "../shared/texts.js";
import { usable, type Seen } from "./seen.js";

const wholeMs = 10_000;
const named = new Set(["served", "pickup", "missed", "parked", "waiting", "serving", "called"]);

export class UndoBar {
  private readonly bar = need("#undo");
  private told = "";

  /** Answers whether there is something to take back. Cut off it is not offered, like every other wish, and comes back if its time is not over. */
  show(seen: Seen): boolean {
    const { data, language, now } = seen;
    const left = data.undo === null ? 0 : Date.parse(data.undo.until) - now;
    const open = data.undo !== null && left > 0;
    const offered = open && seen.offlineSince === null;
    show(this.bar, offered);
    if (data.undo === null || !offered) {
      this.told = "";
      write(need("#undo-spoken"), "");
      return open;
    }
    const became = named.has(data.undo.became) ? data.undo.became as "served" : "other";
    const words = say(language, `desk.undo.${became}`, { number: data.undo.number });
    write(need("#undo-text"), words);
    write(need("#undo-left"), say(language, "desk.undo.left", { n: Math.ceil(left / 1000) }));
    need("#undo-time").style.setProperty("--left", String(Math.min(1, left / wholeMs)));
    set(need("#undo-go"), "aria-disabled", String(!usable(seen)));
    // Spoken once; the seconds are for the eyes.
    if (this.told !== data.undo.until + data.undo.ticket) {
      this.told = data.undo.until + data.undo.ticket;
      write(need("#undo-spoken"), say(language, "desk.undo.spoken", { words }));
    }
    return true;
  }
}
