// The office's notes at the bottom of the board: they take turns, and each is whole. Where both languages do not fit together they take turns too.

import { need, write } from "../shared/dom.js";
import type { Texts } from "../shared/messages.js";
import { pick } from "../shared/texts.js";

/** Letters that fit beside who waits at full size. */
const shortUntil = 80;
const sizes = [1, 0.86, 0.74, 0.64, 0.56];

export class Notes {
  private readonly foot = need(".foot");
  private readonly field = need("#note");
  private readonly words = need("#note-words");
  private shown = "";

  show(notes: readonly Texts[], first: string, second: string, turn: number): void {
    const isLong = (note: Texts): boolean => [pick(note, first), note[second] ?? ""].some(words => words.length > shortUntil);
    // All day long, and not only while the long one is shown: the rows above never jump.
    this.foot.classList.toggle("wordy", notes.some(isLong));
    const note = notes[turn % notes.length];
    this.field.classList.toggle("none", note === undefined);
    const words = note === undefined ? "" : pick(note, first);
    const other = note === undefined || first === second || note[second] === words ? "" : note[second] ?? "";
    const round = Math.floor(turn / Math.max(1, notes.length));
    const shown = `${words} ${other} ${round} ${this.field.clientWidth}`;
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
