// A panel asks for what one key cannot say. It opens below the buttons instead of over them: the ticket, the next step and the queue stay in sight.

import type { Message } from "../message.js";
import type { Seen } from "../seen.js";
import type { Wishes } from "../wishes.js";

export interface Doing {
  wishes: Wishes;
  message: Message;
  /** What the clerk sees now: a panel may stay open while the hall goes on. */
  seen: () => Seen;
  close: () => void;
}

export interface Panel {
  title: (seen: Seen) => string;
  build: (seen: Seen, doing: Doing) => HTMLElement[];
  /** About the ticket at the counter: closes when that one leaves. */
  ofVisit: boolean;
  /** Rewrites what the hub may have changed meanwhile. */
  update?: (body: HTMLElement, seen: Seen) => void;
}
