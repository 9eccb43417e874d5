// From a key or a button to the wish or the panel it means now.

import { need } from "../shared/dom.js";
import { say } from "../shared/texts.js";
import { presences } from "./header.js";
import { onKey, type KeyName } from "./keys.js";
import type { Message } from "./message.js";
import type { Panels } from "./panels.js";
import { usable, type Seen } from "./seen.js";
import { language, profile } from "./session.js";
import { buttonNames, type PanelName } from "./steps.js";
import type { UndoBar } from "./undo.js";
import type { Wishes } from "./wishes.js";

export class Presses {
  /** `seen` is null before the first snapshot. */
  constructor(
    private readonly wishes: Wishes,
    private readonly panels: Panels,
    private readonly undo: UndoBar,
    private readonly message: Message,
    private readonly seen: () => Seen | null,
    private readonly raiseEmergency: () => void,
  ) {
    for (const name of buttonNames) {
      need(`#${name}`).addEventListener("click", () => this.press(name));
    }
    for (const opener of document.querySelectorAll<HTMLElement>("[data-opens]")) {
      opener.addEventListener("click", () => this.toggle(opener.dataset["opens"] as PanelName));
    }
    for (const presence of presences) {
      need(`#presence-${presence}`).addEventListener("click", () => {
        const seen = this.seen();
        // Cut off, the wish is made to be told why not.
        if (seen !== null && (usable(seen) ? seen.model.mode !== "away" && seen.model.mode !== "ended" : !seen.busy)) {
          void this.wishes.atCounter("presence", { presence });
        }
      });
    }
    need("#undo-go").addEventListener("click", () => this.press("undo"));
    onKey(key => this.press(key));
  }

  /** Takes the seat at this counter, with the profile of the last time as long as this area has it. */
  logIn({ data }: Seen): void {
    void this.wishes.atCounter("log-in", { profile: data.profiles.find(known => known.id === profile())?.id ?? null });
  }

  private press(key: KeyName): void {
    const seen = this.seen();
    if (seen === null) {
      return;
    }
    if (key === "emergency") {
      this.raiseEmergency();
    } else if (key === "undo") {
      if (this.undo.show(seen) && !seen.busy) {
        void this.wishes.atCounter("undo");
      }
    } else {
      const step = seen.model.steps[key];
      if (step !== null && "panel" in step) {
        this.toggle(step.panel);
      } else if (step?.action === "log-in" && !seen.busy) {
        this.logIn(seen);
      } else if (step !== null && !seen.busy) {
        void this.wishes.atCounter(step.action, step.wish);
      }
    }
  }

  private toggle(panel: PanelName): void {
    const seen = this.seen();
    if (seen !== null && seen.offlineSince === null) {
      this.panels.toggle(panel, seen);
    } else {
      this.message.say(say(language(), "desk.offline.pressed"), "bad");
    }
  }
}
