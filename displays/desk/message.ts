// One calm line below the buttons. It goes by itself, or with the clerk's next action.

import { need, set, write } from "../shared/dom.js";

const staysMs = 8_000;

export class Message {
  private readonly element = need("#message");
  private timer = 0;

  say(words: string, kind: "plain" | "good" | "bad" = "plain"): void {
    clearTimeout(this.timer);
    set(this.element, "data-kind", kind);
    write(this.element, words);
    this.timer = setTimeout(() => this.clear(), staysMs);
  }

  clear(): void {
    clearTimeout(this.timer);
    write(this.element, "");
  }
}
