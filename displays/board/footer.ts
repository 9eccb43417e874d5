// The bottom of the board: who waits, the office's notes, and whether the board is alive.

import type { TimeFormats } from "../shared/clock.js";
import { need, show, write } from "../shared/dom.js";
import type { BoardSnapshot } from "../shared/messages.js";
import { count, pick, say } from "../shared/texts.js";
import { waitWords } from "../shared/waits.js";
import { Notes } from "./notes.js";
import type { View } from "./view.js";

const turnMs = 9_000;

export class Footer {
  private readonly notes = new Notes();
  private readonly groups = [...document.querySelectorAll<HTMLElement>("#waiting > li")];

  show(view: View, data: BoardSnapshot | null, [first, second]: readonly [string, string], serverNow: number, formats: TimeFormats): void {
    const turn = Math.floor(serverNow / turnMs);
    const stale = view.state === "stale";
    this.showWaiting(stale ? null : data, first, turn);
    this.notes.show(data?.notes ?? [], first, second, turn);
    write(need("#alive"), stale ? say(first, "board.asOf", { time: formats.time(view.asOf) }) : formats.seconds(serverNow));
  }

  /** As many groups as there is room for; more take turns. */
  private showWaiting(data: BoardSnapshot | null, language: string, turn: number): void {
    const all = data?.groups ?? [];
    show(need("#waiting"), all.length > 0);
    const turns = Math.max(1, Math.ceil(all.length / this.groups.length));
    const from = (turn % turns) * this.groups.length;
    this.groups.forEach((item, index) => {
      const group = all[from + index];
      show(item, group !== undefined);
      if (group !== undefined) {
        write(need(".letter", item), group.letter);
        write(need(".name", item), pick(group.name, language));
        write(need(".waiting", item), count(language, "board.waiting", group.waiting));
        write(need(".until", item), waitWords(group.wait, language) ?? "");
      }
    });
  }
}
