// Troubles of the office's devices and slips: a list with times, until a clerk has seen each.
// Those that last stand above them while they are more than the header can say.

import type { TimeFormats } from "../shared/clock.js";
import { copy, need, set, show, write } from "../shared/dom.js";
import type { DeskBoard, DeskRefusal, DeskTrouble } from "../shared/messages.js";
import { count, pick, say, type Key } from "../shared/texts.js";
import type { View } from "./model.js";

const printerTroubles: ReadonlySet<string> = new Set(["near-end", "paper-out", "cover-open", "cutter-error", "disconnected"]);

/** More of them would cover the counters on a screen of 1280 by 800. */
const shownAtOnce = 2;

/** One without an id stands until it is mended; the others until a clerk has seen them. */
interface Line { at?: string; words: string; id?: string; }

export class Troubles {
  private readonly box = need("#troubles");
  private readonly list = need("ul", this.box);
  private readonly more = need<HTMLButtonElement>("#troubles-more");
  /** A row belongs to its trouble, so that no press meets another one. */
  private readonly rows = new Map<string, HTMLElement>();

  private language = "de";

  constructor(private readonly seen: (trouble: string) => void) {
    this.more.addEventListener("click", () => {
      set(this.more, "aria-expanded", String(!this.isOpen));
      this.fold();
    });
  }

  private get isOpen(): boolean {
    return this.more.getAttribute("aria-expanded") === "true";
  }

  show(view: View, troubles: readonly DeskTrouble[]): void {
    const { language, data, formats } = view;
    const standing = standingTroubles(view);
    const lines: readonly Line[] = [
      ...(data.refusal === null ? [] : [{ at: data.refusal.since, words: refusalWords(data.refusal, language) }]),
      ...(standing.length > 1 ? standing.filter(words => data.refusal === null || words !== say(language, "desk.refusal")) : [])
        .map(words => ({ words })),
      ...troubles.map(trouble => ({ at: trouble.at, words: troubleWords(trouble, view), id: trouble.id })),
    ];
    this.removeAllBut(new Set(lines.map(keyOf)));
    lines.forEach((line, index) => this.write(this.rowOf(line, index), line, language, formats));
    show(this.box, lines.length > 0);
    this.language = language;
    this.fold();
  }

  /** The first lines, and a button for the others. */
  private fold(): void {
    const rows = [...this.list.children] as HTMLElement[];
    const others = rows.slice(shownAtOnce);
    rows.forEach((row, index) => show(row, index < shownAtOnce || this.isOpen));
    show(this.more, others.length > 0);
    if (others.length === 0) {
      set(this.more, "aria-expanded", "false"); // Later troubles are folded again.
    }
    write(this.more, this.isOpen ? say(this.language, "desk.troubles.fewer") : count(this.language, "desk.troubles.more", others.length));
  }

  /** The focus of a row that leaves stays in the list; the next key press meets nothing. */
  private removeAllBut(keys: ReadonlySet<string>): void {
    for (const [key, row] of [...this.rows].filter(([key]) => !keys.has(key))) {
      if (row.contains(document.activeElement)) {
        this.list.focus();
      }
      row.remove();
      this.rows.delete(key);
    }
  }

  private rowOf(line: Line, index: number): HTMLElement {
    const known = this.rows.get(keyOf(line)) ?? copy("#trouble-pattern");
    this.rows.set(keyOf(line), known);
    if (this.list.children[index] !== known) {
      this.list.insertBefore(known, this.list.children[index] ?? null);
    }
    return known;
  }

  private write(row: HTMLElement, { at, words, id }: Line, language: string, formats: TimeFormats): void {
    const button = need<HTMLButtonElement>("button", row);
    write(need("time", row), at === undefined ? "" : formats.time(Date.parse(at)));
    write(need("span", row), words);
    show(button, id !== undefined);
    write(button, say(language, "desk.trouble.seen"));
    set(button, "aria-label", say(language, "desk.trouble.seen.of", { words }));
    button.onclick = () => id === undefined ? undefined : this.seen(id);
  }
}

function keyOf({ id, words }: Line): string {
  return id ?? words;
}

/** Says what was refused, and that the office goes on. The error is the operator's: it stays in English. */
function refusalWords({ error, more }: DeskRefusal, language: string): string {
  return say(language, "desk.refusal.words", { error: more === 0 ? error : `${error} (+ ${more})` });
}

/** A ticket of another area is named with its area, which may give the same numbers. */
function troubleWords({ kind, about, area }: DeskTrouble, { data, language }: View): string {
  const other = data.targets.find(target => target.area === area && !target.own);
  return kind === "no-slip"
    ? say(language, "desk.trouble.no-slip", { number: other === undefined ? about : `${about} (${pick(other.name, language)})` })
    : say(language, "desk.device.trouble", { device: about, condition: say(language, `desk.printer.${kind}` as Key) });
}

/** The faults that last, each in few words. Devices that cannot be reached are named together. */
export function standingTroubles({ data, language, formats }: View): string[] {
  const silent = (screens: readonly DeskBoard[]): string => screens.map(({ id, silent: n, screens: all, since }) => {
    const time = formats.time(Date.parse(since));
    return all === 1 ? say(language, "desk.screen.since", { screen: id, time })
      : say(language, "desk.screens.since", { screen: id, n, all, time });
  }).join(", ");
  const name = (kind: string): string => say(language, `desk.device.${kind}` as Key);
  const named = (presences: (presence: string) => boolean): string =>
    [...new Set(data.devices.filter(device => presences(device.presence)).map(device => name(device.kind)))].join(", ");
  const twice = named(presence => presence === "twice");
  const lost = named(presence => presence !== "ready" && presence !== "twice");
  return [
    ...(data.silentBoards.length === 0 ? [] : [say(language, "desk.boards.silent", { boards: silent(data.silentBoards) })]),
    ...(data.silentKiosks.length === 0 ? [] : [say(language, "desk.kiosks.silent", { kiosks: silent(data.silentKiosks) })]),
    ...(data.refusal === null ? [] : [say(language, "desk.refusal")]),
    ...(twice === "" ? [] : [say(language, "desk.device.twice", { device: twice })]),
    ...(lost === "" ? [] : [say(language, "desk.device.lost", { device: lost })]),
    ...data.devices.filter(device => device.presence === "ready" && device.printer !== null && printerTroubles.has(device.printer))
      .map(device => say(language, "desk.device.trouble",
        { device: name(device.kind), condition: say(language, `desk.printer.${device.printer}` as Key) })),
  ];
}
