// Sound and vibration when the number is called, for people who do not look or do not hear.

import { need, show, write } from "../shared/dom.js";
import { say } from "../shared/texts.js";

export class Alarm {
  private readonly button = need<HTMLButtonElement>("#alert");
  private readonly audio = new Audio("/voice/chime.wav");
  private on = false;
  private sounded: readonly (string | null)[] = [];
  private first = true;

  constructor(private readonly language: string) {
    this.audio.preload = "none";
    // Browsers allow both only after a touch; the touch is also the consent.
    this.button.addEventListener("click", () => {
      this.on = !this.on;
      this.button.setAttribute("aria-pressed", String(this.on));
      write(this.button, say(this.language, this.on ? "ticket.alert.off" : "ticket.alert.on"));
      if (this.on) {
        this.sound();
      }
    });
  }

  /** `news`: the times of the last call and message. Each sounds once, except one from before the page was loaded. */
  follow(news: readonly (string | null)[], useful: boolean): void {
    show(this.button, useful);
    // Compared as they are: a corrected clock may give a later call an earlier time.
    if (news.some((at, i) => at !== null && at !== this.sounded[i]) && this.on && !this.first) {
      this.sound();
    }
    this.sounded = news.map((at, i) => at ?? this.sounded[i] ?? null);
    this.first = false;
  }

  private sound(): void {
    navigator.vibrate?.([400, 200, 400, 200, 400]);
    this.audio.currentTime = 0;
    this.audio.play().catch(() => undefined);
  }
}
