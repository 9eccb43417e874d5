// Leichte Sprache, for citizens at the kiosk. Words for clerks alone stay German.

import { de } from "./de.js";
import { kiosk } from "./de-simple/kiosk.js";

export const deSimple: Record<keyof typeof de, string> = {
  ...de, ...kiosk,
  "language.name": "Leichte Sprache",
  "wait.soon": "weniger als {to} Minuten",
  "wait.about": "ungefähr {to} Minuten",
  "wait.range": "ungefähr {from} bis {to} Minuten",
  "wait.least": "länger als {from} Minuten",
};
