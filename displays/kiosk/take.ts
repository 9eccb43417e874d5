// Takes a number. A wish that got no answer keeps its id: whoever tries again gets the same number, not a second one.

import type { TakenTicket, TakeTicketWish } from "../shared/messages.js";
import { newRequestId, post, type Answer } from "../shared/post.js";

export class Taker {
  private unanswered: TakeTicketWish | null = null;

  constructor(private readonly kiosk: string) {}

  /** @param queue The one on the screen: repeated after midnight, the wish still finds its first ticket. */
  async take(service: string, language: string, queue: string | null): Promise<Answer<TakenTicket>> {
    const wish = this.unanswered?.service === service ? this.unanswered : { requestId: newRequestId(), service, language, queue };
    const answer = await post<TakenTicket>(`/api/v1/kiosks/${encodeURIComponent(this.kiosk)}/tickets`, wish);
    this.unanswered = answer.kind === "silence" ? wish : null;
    return answer;
  }

  /** Another person stands before the kiosk: their wish is a new one. */
  forget(): void {
    this.unanswered = null;
  }
}
