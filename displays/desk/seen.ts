// All that is needed to write one state of the desk: what every part of the page is given.

import type { TimeFormats } from "../shared/clock.js";
import type { DeskForecasts, DeskSnapshot } from "../shared/messages.js";
import type { Model } from "./model.js";

export interface Seen {
  data: DeskSnapshot;
  model: Model;
  forecasts: DeskForecasts["tickets"];
  language: string;
  formats: TimeFormats;
  /** Server time, in milliseconds since 1970. */
  now: number;
  /** Server time of the data when it is no longer current; null while it is. */
  offlineSince: number | null;
  /** A wish of this counter is on its way, or its effect is not yet on the screen. */
  busy: boolean;
}

/** Whether a wish may be made now. */
export function usable(seen: Seen): boolean {
  return seen.offlineSince === null && !seen.busy;
}
