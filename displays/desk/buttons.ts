// The four buttons: what each would do now, and why not when it may not.

import { icon, need, write } from "../shared/dom.js";
import type { DeskSnapshot } from "../shared/messages.js";
import { say } from "../shared/texts.js";
import { serviceName, type Action, type ButtonName, type Model } from "./model.js";

export const buttonNames: readonly ButtonName[] = ["primary", "recall", "missed", "finish"];

const symbols: Record<Action, string> = {
  "call-next": "next", arrived: "check", finish: "stop", recall: "sound", missed: "cross", open: "door", close: "door",
};

/** `usable` is false while the desk is cut off or a wish is on its way. */
export function showButtons(data: DeskSnapshot, model: Model, language: string, usable: boolean, sending: boolean): void {
  const primary = model.actions.primary;
  write(need("#primary-text"), say(language, primaryText(model)));
  write(need("#primary-hint"), primaryHint(data, model, language));
  if (primary !== null) {
    icon(need("#primary svg"), model.mode === "serving" ? "check" : symbols[primary]);
  }
  for (const name of buttonNames) {
    const off = !usable || model.actions[name] === null;
    set(need(`#${name}`), "aria-disabled", String(off));
    set(need(`#${name}`), "aria-busy", String(sending));
  }
  for (const [id, pressed] of [["open", model.own?.open === true], ["close", model.own?.open !== true]] as const) {
    set(need(`#${id}`), "aria-pressed", String(pressed));
    set(need(`#${id}`), "aria-disabled", String(!usable));
  }
}

function primaryText(model: Model): "desk.call" | "desk.arrived" | "desk.finish-and-next" | "desk.finish" {
  switch (model.mode) {
    case "closed":
    case "idle":
      return "desk.call";
    case "called":
      return "desk.arrived";
    case "serving":
      return model.actions.primary === "finish" ? "desk.finish" : "desk.finish-and-next";
  }
}

function primaryHint(data: DeskSnapshot, model: Model, language: string): string {
  if (model.mode === "called" && model.ticket !== null) {
    return say(language, "desk.arrived.hint", { number: model.ticket.number });
  }
  return model.next === null ? say(language, "desk.nobody") : `${model.next.number} · ${serviceName(data, model.next, language)}`;
}

function set(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}
