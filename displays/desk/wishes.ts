// Wishes to the hub: each with its own id, with the queue and the state the clerk saw. At the counter one at a time, settled before the next.

import { ticks } from "../shared/clock.js";
import type { CounterAnswer, CounterWish, EnterTicketWish, TakenTicket, TicketWish } from "../shared/messages.js";
import { newRequestId, post, wordsOf, type Answer } from "../shared/post.js";
import { say } from "../shared/texts.js";
import type { Message } from "./message.js";
import { language, type Place } from "./session.js";
import type { CounterAction } from "./steps.js";

/** After a yes the buttons wait for the change it caused, but not for ever. */
const settleMs = 2_000;

export interface Ground { queue: string; revision: number | null; current: boolean; }

export class Wishes {
  private sending = false;
  private awaited: { version: number; until: number } | null = null;

  /** `ground` says what the clerk sees now; null before the first snapshot. */
  constructor(
    private readonly place: Place,
    private readonly token: string,
    private readonly message: Message,
    private readonly ground: () => Ground | null,
    private readonly changed: () => void,
    private readonly refused: () => void,
  ) {}

  /** True while a wish is on its way or its effect is not yet on the screen: a second press would be a second wish. */
  busy(version: number): boolean {
    return this.sending || (this.awaited !== null && version < this.awaited.version && ticks() < this.awaited.until);
  }

  /** One step of the counter. Answers whether it was taken. */
  async atCounter(action: CounterAction, wish: Partial<CounterWish> = {}): Promise<boolean> {
    const ground = this.ready();
    if (ground === null || this.sending) {
      return false;
    }
    this.sending = true;
    this.message.clear();
    this.changed();
    const answer = await this.send<CounterAnswer>(`counters/${encodeURIComponent(this.place.counter)}/${action}`, { seen: ground.revision, ...wish }, ground);
    this.sending = false;
    this.awaited = answer === null ? null : { version: answer.version, until: ticks() + settleMs };
    this.changed();
    return answer !== null;
  }

  /** An emergency goes out whatever else is on its way, and even on an old picture. `area` is the one of the counter in need. */
  async emergency(action: "emergency" | "emergency-accept" | "emergency-end", area: string, counter: string, from?: string): Promise<boolean> {
    const path = `/api/v1/areas/${encodeURIComponent(area)}/counters/${encodeURIComponent(counter)}/${action}`;
    const wish: CounterWish = { requestId: newRequestId(), seen: null, ...(from !== undefined && { from }) };
    const answer = await post<CounterAnswer>(path, wish, this.token);
    if (answer.kind !== "yes") {
      const otherwise = say(language(), action === "emergency" ? "desk.emergency.failed" : "desk.failed.network");
      this.message.say(answer.kind === "no" ? wordsOf(answer, language(), otherwise) : otherwise, "bad");
    }
    return answer.kind === "yes";
  }

  async ofTicket(ticket: string, action: "cancel" | "reactivate" | "prioritise" | "remark", wish: Partial<TicketWish> = {}): Promise<boolean> {
    return await this.plain<CounterAnswer>(`tickets/${encodeURIComponent(ticket)}/${action}`, wish) !== null;
  }

  async ofService(service: string, action: "stop" | "release"): Promise<boolean> {
    return await this.plain<CounterAnswer>(`services/${encodeURIComponent(service)}/${action}`, {}) !== null;
  }

  enter(wish: Omit<EnterTicketWish, "requestId" | "queue">): Promise<TakenTicket | null> {
    return this.plain<TakenTicket>("tickets", wish);
  }

  private async plain<T>(path: string, wish: object): Promise<T | null> {
    const ground = this.ready();
    return ground === null ? null : await this.send<T>(path, wish, ground);
  }

  private ready(): Ground | null {
    const ground = this.ground();
    if (ground !== null && !ground.current) {
      this.message.say(say(language(), "desk.offline.pressed"), "bad");
      return null;
    }
    return ground;
  }

  private async send<T>(path: string, wish: object, ground: Ground): Promise<T | null> {
    const answer = await post<T>(`/api/v1/areas/${encodeURIComponent(this.place.area)}/${path}`, { requestId: newRequestId(), queue: ground.queue, ...wish } as { requestId: string }, this.token);
    return this.valueOf(answer);
  }

  private valueOf<T>(answer: Answer<T>): T | null {
    switch (answer.kind) {
      case "yes":
        return answer.value;
      case "no":
        this.message.say(wordsOf(answer, language(), say(language(), "desk.failed.other")));
        return null;
      case "silence":
        this.message.say(say(language(), "desk.failed.network"), "bad");
        return null;
      case "unauthorised":
        this.refused();
        return null;
    }
  }
}
