// Function keys, and the same on a USB keypad that sends F13 to F18: a button box without a driver.
// No single letters (clerks type in other windows too) and no Ctrl+Alt, which is AltGr on German keyboards.

import type { ButtonName } from "./steps.js";

export type KeyName = ButtonName | "undo" | "emergency";

const keys: Record<string, KeyName> = {
  F2: "primary", F4: "undo", F7: "park", F8: "recall", F9: "transfer", F10: "missed",
  F13: "primary", F14: "recall", F15: "missed", F16: "park", F17: "transfer", F18: "undo",
};
/** With the shift key: not pressed in passing, and still one hand. */
const shifted: Record<string, KeyName> = { F12: "emergency" };

export function onKey(press: (key: KeyName) => void): void {
  addEventListener("keydown", event => {
    const key = (event.shiftKey ? shifted : keys)[event.key];
    if (key === undefined || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    event.preventDefault();
    if (!event.repeat) {
      press(key);
    }
  });
}
