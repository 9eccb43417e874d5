// What each button would do now: a wish, or a panel that asks for the rest; null when it makes no sense in this state.

import type { CounterWish, DeskCounter } from "../shared/messages.js";
import type { Mode } from "./model.js";

export type CounterAction = "call-next" | "call" | "recall" | "arrived" | "finish" | "missed" | "return" | "park" | "resume" | "transfer" | "switch-service"
  | "undo" | "open" | "close" | "log-in" | "presence" | "emergency" | "emergency-accept" | "emergency-end";
export type PanelName = "park" | "return" | "transfer" | "given" | "switch" | "enter" | "services" | "seat";
export type Step = { action: CounterAction; wish?: Partial<CounterWish> } | { panel: PanelName };

export const buttonNames = ["primary", "recall", "transfer", "park", "missed", "return", "finish", "given", "pickup", "switch"] as const;
export type ButtonName = typeof buttonNames[number];
export type Steps = Record<ButtonName, Step | null>;

export const noSteps: Steps = {
  primary: null, recall: null, transfer: null, park: null, missed: null, return: null, finish: null, given: null, pickup: null, switch: null,
};

/** One big button that always knows the next step. Calling finishes a visit by itself. */
export function steps(mode: Mode, someoneWaits: boolean, own: DeskCounter | null): Steps {
  const visit: Steps = {
    ...noSteps,
    transfer: { panel: "transfer" }, park: { panel: "park" }, return: { panel: "return" }, switch: { panel: "switch" }, finish: { action: "finish" },
  };
  switch (mode) {
    case "ended":
      return noSteps;
    case "away":
      return { ...noSteps, primary: { action: "log-in" } };
    case "pause":
      return { ...noSteps, primary: { action: "presence", wish: { presence: "ready" } } };
    case "idle":
      return { ...noSteps, primary: { action: "call-next" } };
    case "called":
      return { ...visit, primary: { action: "arrived" }, recall: { action: "recall" }, missed: { action: "missed" } };
    case "serving":
      return {
        ...visit,
        primary: { action: someoneWaits && own?.presence === "ready" ? "call-next" : "finish" },
        given: { panel: "given" }, pickup: { action: "finish", wish: { forPickup: true } },
      };
  }
}
