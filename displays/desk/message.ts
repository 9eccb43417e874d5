// One calm line beside the buttons. It goes by itself, or with the clerk's next action.

import { need, write } from "../shared/dom.js";

const staysMs = 8_000;

export class Message {
  private readonly element = need("#message");
  private timer = 0;

  say(words: string): void {
    clearTimeout(this.timer);
    write(this.element, words);
    this.timer = setTimeout(() => this.clear(), staysMs);
  }

  clear(): void {
    clearTimeout(this.timer);
    write(this.element, "");
  }
}
