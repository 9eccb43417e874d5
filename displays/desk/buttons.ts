// The buttons and function keys: what each would do now, and doing it.
// A USB keypad sends F13 to F18 and is a button box without a driver.
// No single letters (clerks type in other windows too) and no Ctrl+Alt, which is AltGr on German keyboards.

import { icon, need, set, write } from "../shared/dom.js";
import type { Presence } from "../shared/messages.js";
import { say, type Key } from "../shared/texts.js";
import type { Commands } from "./commands.js";
import { buttonNames, isYoung, usable, type ButtonName, type PanelName, type Step, type View } from "./model.js";
import type { Message, UndoBar } from "./notices.js";
import type { Panels } from "./panels.js";
import { language, profile } from "./session.js";
import { serviceName, whyWords } from "./words.js";

type KeyName = ButtonName | "undo" | "emergency";

const keys: Record<string, KeyName> = {
  F2: "primary", F4: "undo", F7: "park", F8: "recall", F9: "transfer", F10: "missed",
  F13: "primary", F14: "recall", F15: "missed", F16: "park", F17: "transfer", F18: "undo",
};
/** With the shift key: not pressed in passing, and still one hand. */
const shifted: Record<string, KeyName> = { F12: "emergency" };
const presences: readonly Presence[] = ["ready", "pause-after", "pause"];

export class Buttons {
  /** The hub has asked whether to move here from another counter: the next press of the big button does. */
  private mayMove = false;

  /** `view` is null before the first snapshot. */
  constructor(
    private readonly commands: Commands,
    private readonly panels: Panels,
    private readonly undo: UndoBar,
    private readonly message: Message,
    private readonly view: () => View | null,
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
        const view = this.view();
        // Without a connection the command is tried: its message says why it is not sent.
        if (view !== null && (usable(view) ? isHere(view) : !view.busy)) {
          void this.commands.atCounter("presence", { presence });
        }
      });
    }
    need("#undo-go").addEventListener("click", () => this.press("undo"));
    addEventListener("keydown", event => this.keyDown(event));
  }

  show(view: View): void {
    const { model, language, busy } = view;
    this.mayMove &&= model.mode === "away";
    write(need("#primary-text"), say(language, this.mayMove ? "desk.primary.move" : primaryText(view)));
    write(need("#primary-hint"), primaryHint(view));
    write(need("#primary-why"), callsNext(view) && model.next !== null && view.data.next !== null
      ? whyWords(view, view.data.next.why, model.next) : "");
    icon(need("#primary svg"), { ended: "stop", away: "door", pause: "door", idle: "next", called: "check", serving: "check" }[model.mode]);
    write(need("#missed-hint"), missedHint(view));
    for (const name of buttonNames) {
      const step = model.steps[name];
      set(need(`#${name}`), "aria-disabled", String(!usable(view) || step === undefined || isTooSoon(view, step)));
      set(need(`#${name}`), "aria-busy", String(busy));
    }
    const here = isHere(view) && model.own?.open === true;
    for (const presence of presences) {
      set(need(`#presence-${presence}`), "aria-pressed", String(here && model.own?.presence === presence));
      set(need(`#presence-${presence}`), "aria-disabled", String(!usable(view) || !here));
    }
  }

  /** Logs in at this counter, with the profile of the last time if this area has it. */
  async logIn({ data }: View): Promise<void> {
    const move = this.mayMove;
    await this.commands.atCounter("log-in", { profile: data.profiles.find(known => known.id === profile())?.id ?? null, move });
    this.mayMove = this.commands.refusedFor === "seated-elsewhere";
  }

  private keyDown(event: KeyboardEvent): void {
    const key = (event.shiftKey ? shifted : keys)[event.key];
    if (key === undefined || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    event.preventDefault();
    if (!event.repeat) {
      this.press(key);
    }
  }

  private press(key: KeyName): void {
    const view = this.view();
    if (view === null) {
      return;
    }
    if (key === "emergency") {
      this.raiseEmergency();
    } else if (key === "undo") {
      if (this.undo.show(view) && !view.busy) {
        void this.commands.atCounter("undo");
      }
    } else {
      const step = view.model.steps[key];
      if (step !== undefined && "panel" in step) {
        this.toggle(step.panel);
      } else if (step !== undefined && view.offlineSince === null && isTooSoon(view, step)) {
        this.message.say(say(language(), "desk.too-soon"));
      } else if (step !== undefined && key === "primary" && isYoung(view)) {
        this.toggle("hasty");
      } else if (step?.action === "log-in" && !view.busy) {
        void this.logIn(view);
      } else if (step !== undefined && !view.busy) {
        void this.commands.atCounter(step.action, step.request);
      }
    }
  }

  private toggle(panel: PanelName): void {
    const view = this.view();
    if (view !== null && view.offlineSince === null) {
      this.panels.toggle(panel, view);
    } else {
      this.message.say(say(language(), "desk.offline.pressed"), "bad");
    }
  }
}

function isHere({ model: { mode } }: View): boolean {
  return mode !== "away" && mode !== "ended";
}

/** A panel asks before it acts, and a recall changes nothing. */
function isTooSoon({ fresh }: View, step: Step): boolean {
  return fresh && "action" in step && step.action !== "recall";
}

/** Whether the big button would call the next ticket now. */
function callsNext({ model: { steps: { primary } } }: View): boolean {
  return primary !== undefined && "action" in primary && primary.action === "call-next";
}

function primaryText(view: View): Key {
  const { mode, own } = view.model;
  if (mode !== "serving") {
    return `desk.primary.${mode}`;
  }
  return own !== null && own.presence !== "ready" ? "desk.primary.serving.pause"
    : callsNext(view) ? "desk.primary.serving" : "desk.primary.serving.last";
}

function primaryHint(view: View): string {
  const { mode, ticket, next } = view.model;
  switch (mode) {
    case "called":
      return say(view.language, "desk.arrived.hint", { number: ticket?.number ?? "" });
    case "idle":
    case "serving":
      return next === null ? say(view.language, "desk.nobody") : `${next.number} · ${serviceName(view, next.service)}`;
    default:
      return "";
  }
}

/** Says that a missed ticket is called again by the area's rules. */
function missedHint({ data, model, language }: View): string {
  return model.mode === "called" && model.ticket !== null && model.ticket.misses < data.rules.missedReturns
    ? say(language, "desk.missed.again")
    : "";
}
