// The one place that writes a promised wait: "ca. 10–20 min".

import type { PromisedRange } from "./messages.js";
import { say } from "./texts.js";

/** Null when the wait is unknown. */
export function waitWords(range: PromisedRange | null | undefined, language: string): string | null {
  if (range === null || range === undefined) {
    return null;
  }
  const { from, to } = range;
  if (to === null) {
    return say(language, "wait.least", { from });
  }
  return from <= 0 ? say(language, "wait.soon", { to: Math.max(1, to) })
    : from >= to ? say(language, "wait.about", { to })
    : say(language, "wait.range", { from, to });
}
