// The one rule by which every screen stays true: a change continues exactly what one has, or one asks for the whole.

interface Held { queue: string; version: number; }
interface Change { queue: string; from: number; to: number; }

export type Fit = "continues" | "known" | "gap";

export function fit(held: Held | null, change: Change): Fit {
  if (held === null || held.queue !== change.queue) {
    return "gap";
  }
  // From a version to itself: nobody did anything, but the clock moved on and another ticket is next.
  if (change.from === held.version) {
    return "continues";
  }
  return change.to <= held.version ? "known" : "gap";
}
