// A clerk in need: raised by holding a button for a second, by pressing it twice, or by Shift and F12. No sound: the citizen who threatens must not hear it.

import { fill, need, set, show, write } from "../shared/dom.js";
import type { DeskEmergency } from "../shared/messages.js";
import { say } from "../shared/texts.js";
import type { Seen } from "./seen.js";

const holdMs = 1_000;
const secondPressMs = 3_000;

export interface Help { raise: () => void; accept: (emergency: DeskEmergency) => void; end: (emergency: DeskEmergency) => void; }

export class Emergencies {
  private readonly button = need("#emergency");
  private readonly list = need("#emergencies");
  private holding = 0;
  private armed = 0;
  private raisedByHolding = false;
  private shown: DeskEmergency[] = [];

  constructor(private readonly area: string, private readonly help: Help) {
    this.button.addEventListener("pointerdown", () => {
      this.raisedByHolding = false;
      this.button.classList.add("holding");
      this.holding = setTimeout(() => {
        this.raisedByHolding = true;
        this.raise();
      }, holdMs);
    });
    for (const end of ["pointerup", "pointerleave", "pointercancel"] as const) {
      this.button.addEventListener(end, () => this.letGo());
    }
    // Also what a screen reader or the enter key sends: then pressing twice counts.
    this.button.addEventListener("click", () => this.pressed());
    this.list.addEventListener("click", event => this.answered(event.target as Element));
  }

  /** The emergency raised here; null when there is none. */
  show(seen: Seen): void {
    this.shown = seen.data.emergencies;
    show(this.list, this.shown.length > 0);
    fill(this.list, "#emergency-pattern", this.shown, (element, emergency) => this.write(element, emergency, seen));
    set(this.button, "aria-disabled", String(this.shown.some(emergency => this.isOwn(emergency, seen))));
    write(need("#emergency-text"), say(seen.language, this.armed !== 0 ? "desk.emergency.hold" : "desk.emergency"));
    document.body.classList.toggle("emergency", this.shown.length > 0);
  }

  isOwn(emergency: DeskEmergency, { data }: Seen): boolean {
    return emergency.counter === data.counter && isSameArea(emergency.area, this.area);
  }

  private write(element: HTMLElement, emergency: DeskEmergency, seen: Seen): void {
    const { language, formats, data } = seen;
    const own = this.isOwn(emergency, seen);
    const time = formats.time(Date.parse(emergency.raisedAt));
    const comes = emergency.coming.some(coming => coming.counter === data.counter);
    set(element, "data-own", String(own));
    write(need("b", element), own ? say(language, "desk.emergency.own", { time }) : say(language, "desk.emergency.other", { counter: emergency.label, time }));
    write(need("span", element), emergency.coming.length === 0 ? say(language, "desk.emergency.nobody")
      : say(language, "desk.emergency.coming", { counters: emergency.coming.map(coming => say(language, "desk.own", { counter: coming.label })).join(", ") }));
    write(need("button", element), say(language, own ? "desk.emergency.end" : comes ? "desk.emergency.accepted" : "desk.emergency.accept"));
    set(need("button", element), "aria-disabled", String(!own && comes));
  }

  private answered(target: Element): void {
    const item = target.closest("button")?.closest("li");
    const emergency = item === null || item === undefined ? undefined : this.shown[[...this.list.children].indexOf(item)];
    if (emergency !== undefined && target.closest("button")?.getAttribute("aria-disabled") !== "true") {
      (item?.dataset["own"] === "true" ? this.help.end : this.help.accept)(emergency);
    }
  }

  private pressed(): void {
    this.letGo();
    if (this.raisedByHolding) {
      this.raisedByHolding = false;
    } else if (this.armed === 0) {
      this.armed = setTimeout(() => {
        this.armed = 0;
      }, secondPressMs);
    } else {
      this.raise();
    }
  }

  private raise(): void {
    clearTimeout(this.armed);
    this.armed = 0;
    this.letGo();
    this.help.raise();
  }

  private letGo(): void {
    clearTimeout(this.holding);
    this.button.classList.remove("holding");
  }
}

/** The hub may name an area whole ("alsdorf.rathaus.erdgeschoss") or within its office. */
export function isSameArea(a: string, b: string): boolean {
  return a === b || b.endsWith(`.${a}`) || a.endsWith(`.${b}`);
}

/** The whole name of an area of the same office. */
export function wholeArea(area: string, own: string): string {
  return area.includes(".") ? area : `${own.slice(0, own.lastIndexOf("."))}.${area}`;
}
