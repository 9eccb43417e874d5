// The one place that writes a promised wait: "ca. 10–20 min".

import type { PromisedRange } from "./messages.js";
import { say } from "./texts.js";

/** Null when nothing is known: then a screen says nothing about the time. */
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

const stepMinutes = 5;

/** A forecast in minutes, widened to steps that promise no more than is known. */
export function rounded({ p50, p90 }: { p50: number; p90: number }): PromisedRange {
  const from = Math.floor(p50 / stepMinutes) * stepMinutes;
  return { from, to: Math.max(from + stepMinutes, Math.ceil(p90 / stepMinutes) * stepMinutes) };
}
