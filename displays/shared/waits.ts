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

/** A forecast as the hub promises waits to citizens (grains/Domain/Forecasts/PromisedRange.cs): down and up to steps that nobody takes for precision. */
export function rounded({ p50, p90 }: { p50: number; p90: number }): PromisedRange {
  return p90 <= soon ? { from: 0, to: soon }
    : { from: Math.floor(p50 / step(p50)) * step(p50), to: p50 >= long ? null : Math.ceil(p90 / step(p90)) * step(p90) };
}

const soon = 5;
const long = 60;

function step(minutes: number): number {
  return minutes <= 30 ? 5 : minutes <= long ? 10 : 15;
}
