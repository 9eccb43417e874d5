// One <audio> element for the life of the page. A browser that refuses to play unasked gets a small button instead of an error.

import { need, show } from "../shared/dom.js";

export class Chime {
  private readonly audio = need<HTMLAudioElement>("#chime");
  private readonly button = need<HTMLButtonElement>("#sound");

  constructor() {
    this.button.addEventListener("click", () => void this.play());
    void this.tryUnheard();
  }

  async play(): Promise<void> {
    this.audio.volume = 1;
    this.audio.currentTime = 0;
    await this.start();
  }

  /** Asks at the start, not at the first call, whether the browser will play. */
  private async tryUnheard(): Promise<void> {
    this.audio.volume = 0;
    await this.start();
    this.audio.pause();
    this.audio.currentTime = 0;
  }

  private async start(): Promise<void> {
    try {
      await this.audio.play();
      show(this.button, false);
    } catch (refusal) {
      // Another failure, such as a missing file, is not cured by pressing a button.
      show(this.button, refusal instanceof DOMException && refusal.name === "NotAllowedError");
    }
  }
}
