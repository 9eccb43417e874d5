// English: words that several screens use.

import type { common as de } from "../de/common.js";

export const common: Record<keyof typeof de, string> = {
  "counter": "Counter",
  "language.name": "English",

  "wait.soon": "under {to} min",
  "wait.about": "about {to} min",
  "wait.range": "about {from}–{to} min",
  "wait.least": "at least {from} min",
  "arrow.left": "to the left",
  "arrow.right": "to the right",
  "arrow.up": "straight ahead",
  "arrow.down": "behind you",
  "arrow.up-left": "ahead on the left",
  "arrow.up-right": "ahead on the right",
  "arrow.down-left": "behind you on the left",
  "arrow.down-right": "behind you on the right",
  "arrow.upstairs": "upstairs",
  "arrow.downstairs": "downstairs",
};
