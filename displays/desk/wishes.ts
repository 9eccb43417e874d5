// One wish at a time: sent with the state the clerk saw, and settled before the next.

import { ticks } from "../shared/clock.js";
import type { CounterAnswer, CounterWish } from "../shared/messages.js";
import { newRequestId, post, wordsOf } from "../shared/post.js";
import { say } from "../shared/texts.js";
import type { Message } from "./message.js";
import type { Action } from "./model.js";
import { language, type Place } from "./session.js";

/** After a yes the buttons wait for the change it caused, but not for ever. */
const settleMs = 2_000;

export class Wishes {
  private sending = false;
  private awaited: { version: number; until: number } | null = null;

  constructor(private readonly place: Place, private readonly token: string, private readonly message: Message) {}

  /** True while a wish is on its way or its effect is not yet on the screen: a second press would be a second wish. */
  busy(version: number): boolean {
    return this.sending || (this.awaited !== null && version < this.awaited.version && ticks() < this.awaited.until);
  }

  /** Answers false when the hub does not know this clerk any more. */
  async send(action: Action, seen: number | null): Promise<boolean> {
    this.sending = true;
    this.message.clear();
    const path = `/api/v1/areas/${encodeURIComponent(this.place.area)}/counters/${encodeURIComponent(this.place.counter)}/${action}`;
    const wish: CounterWish = { requestId: newRequestId(), seen };
    const answer = await post<CounterAnswer>(path, wish, this.token);
    this.sending = false;
    switch (answer.kind) {
      case "yes":
        this.awaited = { version: answer.value.version, until: ticks() + settleMs };
        return true;
      case "no":
        this.message.say(wordsOf(answer, language(), say(language(), "desk.failed.other")));
        return true;
      case "silence":
        this.message.say(say(language(), "desk.failed.network"));
        return true;
      case "unauthorised":
        return false;
    }
  }
}
