// Commands to the hub: each with its own id, with the queue and the revision that the clerk sees.
// At the counter one at a time; the next one is allowed when the effect of the last one is shown.

import { ticks } from "../shared/clock.js";
import type {
  CounterAction, CounterAnswer, CounterRequest, EnterTicketRequest, FoundTickets, TakenTicket, TicketRequest,
} from "../shared/messages.js";
import { newRequestId, post, wordsOf } from "../shared/post.js";
import { say } from "../shared/texts.js";
import { valueOf } from "./answers.js";
import type { Message } from "./notices.js";
import { language, type Place } from "./session.js";

/** After an answer the buttons wait for the change it caused, but not for ever. */
const settleMs = 2_000;

export type TicketAction = "cancel" | "reactivate" | "come-in" | "undo-come-in" | "prioritise" | "remark" | "person" | "mend" | "send-on"
  | "message";

/** The state a command is based on. */
export interface Basis { queue: string; revision: number | null; current: boolean; }

export class Commands {
  private sending = false;
  /** Why the last command was refused; null when it was not. */
  refusedFor: string | null = null;

  private awaited: { version: number; until: number } | null = null;

  /** `basis` is null before the first snapshot. */
  constructor(
    private readonly place: Place,
    private readonly message: Message,
    private readonly basis: () => Basis | null,
    private readonly changed: () => void,
    private readonly refused: () => void,
    private readonly stillWished: (services: readonly string[]) => void,
  ) {}

  /** True until the effect of the last command is shown. */
  busy(version: number): boolean {
    return this.sending || (this.awaited !== null && version < this.awaited.version && ticks() < this.awaited.until);
  }

  /** One step of the counter. Answers whether it was taken. */
  async atCounter(action: CounterAction, request: Partial<CounterRequest> = {}): Promise<boolean> {
    const basis = this.ready();
    if (basis === null || this.sending) {
      return false;
    }
    this.sending = true;
    this.message.clear();
    this.changed();
    const path = `counters/${encodeURIComponent(this.place.counter)}/${action}`;
    const answer = await this.send<CounterAnswer>(path, { seen: basis.revision, ...request }, basis);
    this.sending = false;
    this.awaited = answer === null ? null : { version: answer.version, until: ticks() + settleMs };
    this.changed();
    if (answer !== null && answer.stillWished.length > 0) {
      this.stillWished(answer.stillWished);
    }
    return answer !== null;
  }

  /** An emergency is sent whatever else is being sent, and even from old data. `area` is the one of the counter in need. */
  async emergency(action: "emergency" | "emergency-accept" | "emergency-end", area: string, counter: string,
    from?: string): Promise<boolean> {
    const path = `/api/v1/areas/${encodeURIComponent(area)}/counters/${encodeURIComponent(counter)}/${action}`;
    const request: CounterRequest = { requestId: newRequestId(), seen: null, ...(from !== undefined && { from }) };
    const answer = await post<CounterAnswer>(path, request);
    if (answer.kind !== "yes") {
      const otherwise = say(language(), action === "emergency" ? "desk.emergency.failed" : "desk.failed.network");
      this.message.say(answer.kind === "no" ? wordsOf(answer, language(), otherwise) : otherwise, "bad");
    }
    return answer.kind === "yes";
  }

  async ofTicket(ticket: string, action: TicketAction, request: Partial<TicketRequest> = {}): Promise<boolean> {
    return await this.send<CounterAnswer>(`tickets/${encodeURIComponent(ticket)}/${action}`, request) !== null;
  }

  async ofService(service: string, action: "stop" | "release"): Promise<boolean> {
    return await this.send<CounterAnswer>(`services/${encodeURIComponent(service)}/${action}`, {}) !== null;
  }

  /** One more slip, or without a printer the address of the ticket's page. */
  slip(ticket: string, printer: string | null): Promise<TakenTicket | null> {
    return this.send<TakenTicket>(`tickets/${encodeURIComponent(ticket)}/slip`, { printer });
  }

  /** Today's tickets by number, name or phone; without a text the finished ones. `look`: the open panel. */
  find(text: string, look: string): Promise<FoundTickets | null> {
    return this.send<FoundTickets>("tickets/find", { text, look });
  }

  enter(request: Omit<EnterTicketRequest, "requestId" | "queue">): Promise<TakenTicket | null> {
    return this.send<TakenTicket>("tickets", request);
  }

  /** The basis of a command; null when there is none, or when it is no longer current. */
  private ready(): Basis | null {
    const basis = this.basis();
    if (basis !== null && !basis.current) {
      this.message.say(say(language(), "desk.offline.pressed"), "bad");
      return null;
    }
    return basis;
  }

  /** The answer's body; null when the command was not sent or not taken, and then the message says why. */
  private async send<T>(path: string, request: object, basis = this.ready()): Promise<T | null> {
    if (basis === null) {
      return null;
    }
    const answer = await post<T>(`/api/v1/areas/${encodeURIComponent(this.place.area)}/${path}`,
      { requestId: newRequestId(), queue: basis.queue, ...request } as { requestId: string });
    this.refusedFor = answer.kind === "no" ? answer.reason : null;
    return valueOf(answer, this.message, this.refused);
  }
}
