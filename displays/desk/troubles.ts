// Troubles of the office's devices and slips: a list with times, until a clerk has seen each.

import { fill, need, set, show, write } from "../shared/dom.js";
import type { DeskTrouble } from "../shared/messages.js";
import { say, type Key } from "../shared/texts.js";
import type { View } from "./model.js";

export class Troubles {
  private readonly list = need("#troubles");
  private shown: readonly DeskTrouble[] = [];

  constructor(seen: (trouble: string) => void) {
    this.list.addEventListener("click", event => {
      const item = (event.target as Element).closest("button")?.closest("li");
      const trouble = item === null || item === undefined ? undefined : this.shown[[...this.list.children].indexOf(item)];
      if (trouble !== undefined) {
        seen(trouble.id);
      }
    });
  }

  show({ language, formats }: View, troubles: readonly DeskTrouble[]): void {
    this.shown = troubles;
    show(this.list, troubles.length > 0);
    fill(this.list, "#trouble-pattern", troubles, (element, { at, kind, about }) => {
      write(need("time", element), formats.time(Date.parse(at)));
      const words = kind === "no-slip" ? say(language, "desk.trouble.no-slip", { number: about })
        : say(language, "desk.device.trouble", { device: about, condition: say(language, `desk.printer.${kind}` as Key) });
      write(need("span", element), words);
      write(need("button", element), say(language, "desk.trouble.seen"));
      set(need("button", element), "aria-label", say(language, "desk.trouble.seen.of", { words }));
    });
  }
}
