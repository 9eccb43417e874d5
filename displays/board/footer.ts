// The bottom of the board: how many wait, the office's notes, and the time of the last message.

import type { TimeFormats } from "../shared/clock.js";
import { need, show, write } from "../shared/dom.js";
import type { Texts } from "../shared/messages.js";
import { count, pick, say } from "../shared/texts.js";
import { waitWords } from "../shared/waits.js";
import type { Picture } from "./parts.js";
import type { View } from "./state.js";

const turnMs = 9_000;
/** Letters of a note that fit beside the waits at full size. */
const shortUntil = 80;
const sizes = [1, 0.86, 0.74, 0.64, 0.56];

export class Footer {
  private readonly groups = [...document.querySelectorAll<HTMLElement>("#waiting > li")];
  private readonly foot = need(".foot");
  private readonly note = need("#note");
  private readonly words = need("#note-words");
  private shown = "";

  show(view: View, [first, second]: readonly [string, string], serverNow: number, formats: TimeFormats): void {
    const turn = Math.floor(serverNow / turnMs);
    const stale = view.state === "stale";
    this.showWaiting(stale ? null : view.picture, first, turn);
    this.showNote(view.picture?.notes ?? [], first, second, turn);
    write(need("#alive"), stale ? say(first, "board.asOf", { time: formats.time(view.asOf) }) : formats.seconds(serverNow));
  }

  /** As many groups as there is room for; more take turns. */
  private showWaiting(data: Picture | null, language: string, turn: number): void {
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
        write(need(".place", item), group.place === null ? "" : pick(group.place, language));
        write(need(".waiting", item), count(language, "board.waiting", group.waiting));
        write(need(".until", item), waitWords(group.wait, language) ?? "");
      }
    });
  }

  /** Notes take turns, and each is whole. Where both languages do not fit together they take turns too. */
  private showNote(notes: readonly Texts[], first: string, second: string, turn: number): void {
    const isLong = (note: Texts): boolean => [pick(note, first), note[second] ?? ""].some(words => words.length > shortUntil);
    // One long note makes the footer higher all day, so that the rows above never jump.
    this.foot.classList.toggle("wordy", notes.some(isLong));
    const note = notes[turn % notes.length];
    this.note.classList.toggle("none", note === undefined);
    const words = note === undefined ? "" : pick(note, first);
    const other = note === undefined || first === second || note[second] === words ? "" : note[second] ?? "";
    const round = Math.floor(turn / Math.max(1, notes.length));
    const shown = `${words} ${other} ${round} ${this.note.clientWidth}`;
    if (this.shown === shown) {
      return;
    }
    this.shown = shown;
    write(need("#note-first"), words, first);
    write(need("#note-second"), other, second);
    if (!this.fits(1) && other !== "") {
      write(round % 2 === 0 ? need("#note-second") : need("#note-first"), "");
    }
    sizes.some(size => this.fits(size));
  }

  private fits(size: number): boolean {
    this.words.style.setProperty("--size", String(size));
    return this.words.scrollHeight <= this.words.clientHeight;
  }
}
