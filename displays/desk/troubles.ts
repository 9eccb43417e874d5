// Troubles of the office's devices and slips: a list with times, until a clerk has seen each.
// Those that last stand above them while they are more than the header can say.

import { fill, need, set, show, write } from "../shared/dom.js";
import type { DeskTrouble } from "../shared/messages.js";
import { say, type Key } from "../shared/texts.js";
import type { View } from "./model.js";

const printerTroubles: ReadonlySet<string> = new Set(["near-end", "paper-out", "cover-open", "cutter-error", "disconnected"]);

export class Troubles {
  private readonly list = need("#troubles");
  private shown: readonly (DeskTrouble | string)[] = [];

  constructor(seen: (trouble: string) => void) {
    this.list.addEventListener("click", event => {
      const item = (event.target as Element).closest("button")?.closest("li");
      const trouble = item === null || item === undefined ? undefined : this.shown[[...this.list.children].indexOf(item)];
      if (typeof trouble === "object") {
        seen(trouble.id);
      }
    });
  }

  show(view: View, troubles: readonly DeskTrouble[]): void {
    const { language, formats } = view;
    const standing = standingTroubles(view);
    this.shown = [...standing.length > 1 ? standing : [], ...troubles];
    show(this.list, this.shown.length > 0);
    fill(this.list, "#trouble-pattern", this.shown, (element, trouble) => {
      const words = typeof trouble === "string" ? trouble : troubleWords(trouble, language);
      write(need("time", element), typeof trouble === "string" ? "" : formats.time(Date.parse(trouble.at)));
      write(need("span", element), words);
      show(need("button", element), typeof trouble !== "string");
      write(need("button", element), say(language, "desk.trouble.seen"));
      set(need("button", element), "aria-label", say(language, "desk.trouble.seen.of", { words }));
    });
  }
}

function troubleWords({ kind, about }: DeskTrouble, language: string): string {
  return kind === "no-slip" ? say(language, "desk.trouble.no-slip", { number: about })
    : say(language, "desk.device.trouble", { device: about, condition: say(language, `desk.printer.${kind}` as Key) });
}

/** The faults that last, each in few words. Devices that cannot be reached are named together. */
export function standingTroubles({ data, language }: View): string[] {
  const name = (kind: string): string => say(language, `desk.device.${kind}` as Key);
  const named = (presences: (presence: string) => boolean): string =>
    [...new Set(data.devices.filter(device => presences(device.presence)).map(device => name(device.kind)))].join(", ");
  const twice = named(presence => presence === "twice");
  const lost = named(presence => presence !== "ready" && presence !== "twice");
  return [
    ...(data.silentBoards.length === 0 ? [] : [say(language, "desk.boards.silent", { boards: data.silentBoards.join(", ") })]),
    ...(twice === "" ? [] : [say(language, "desk.device.twice", { device: twice })]),
    ...(lost === "" ? [] : [say(language, "desk.device.lost", { device: lost })]),
    ...data.devices.filter(device => device.presence === "ready" && device.printer !== null && printerTroubles.has(device.printer))
      .map(device => say(language, "desk.device.trouble",
        { device: name(device.kind), condition: say(language, `desk.printer.${device.printer}` as Key) })),
  ];
}
