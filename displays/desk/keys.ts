// Function keys, and the same on a USB keypad that sends F13 to F17: a button box without a driver.
// No single letters (clerks type in other windows too) and no Ctrl+Alt, which is AltGr on German keyboards.

import type { ButtonName } from "./model.js";

const keys: Record<string, ButtonName> = {
  F2: "primary", F8: "recall", F9: "finish", F10: "missed",
  F13: "primary", F14: "recall", F15: "missed", F16: "finish", F17: "primary",
};

export function onKey(press: (button: ButtonName) => void): void {
  addEventListener("keydown", event => {
    const button = keys[event.key];
    if (button === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    if (!event.repeat) {
      press(button);
    }
  });
}
