// One counter's desk at work: data in, page out, presses to wishes.

import { timeFormats, type TimeFormats } from "../shared/clock.js";
import { need, show } from "../shared/dom.js";
import { Reloader } from "../shared/reload.js";
import { say } from "../shared/texts.js";
import { buttonNames, showButtons } from "./buttons.js";
import { showCard } from "./card.js";
import { showCounters } from "./counters.js";
import { Follow } from "./follow.js";
import { showHeader } from "./header.js";
import { onKey } from "./keys.js";
import { WaitingList } from "./list.js";
import { Message } from "./message.js";
import { model, type Action, type ButtonName } from "./model.js";
import { language, onLanguage, type Place } from "./session.js";
import { tell } from "./tell.js";
import { Wishes } from "./wishes.js";

export class Work {
  private readonly reloader = new Reloader();
  private readonly message = new Message();
  private readonly list = new WaitingList(() => this.show());
  private readonly wishes: Wishes;
  private readonly follow: Follow;
  private readonly timer: number;
  private formats: TimeFormats | null = null;

  constructor(place: Place, token: string, private readonly refused: () => void) {
    document.body.dataset["view"] = "work";
    this.wishes = new Wishes(place, token, this.message);
    this.follow = new Follow(place, token, {
      changed: () => this.show(),
      refused: () => this.leave(),
      build: build => this.reloader.heard(build),
    });
    this.timer = setInterval(() => this.show(), 1000);
    for (const name of buttonNames) {
      need(`#${name}`).addEventListener("click", () => this.press(name));
    }
    need("#open").addEventListener("click", () => void this.wish("open"));
    need("#close").addEventListener("click", () => void this.wish("close"));
    onKey(name => this.press(name));
    onLanguage(() => {
      this.formats = null;
      this.show();
    });
    this.show();
  }

  private press(name: ButtonName): void {
    const action = this.follow.data === null ? null : model(this.follow.data).actions[name];
    if (action !== null) {
      void this.wish(action);
    }
  }

  private async wish(action: Action): Promise<void> {
    const data = this.follow.data;
    if (data === null || this.wishes.busy(data.version)) {
      return;
    }
    if (!this.follow.current) {
      this.message.say(say(language(), "desk.offline.pressed"));
      return;
    }
    const sent = this.wishes.send(action, model(data).own?.revision ?? null);
    this.show();
    if (!await sent) {
      this.leave();
    }
    this.show();
  }

  private leave(): void {
    clearInterval(this.timer);
    this.follow.stop();
    this.refused();
  }

  private show(): void {
    const data = this.follow.data;
    show(need("#starting"), data === null);
    show(need("#desk"), data !== null);
    if (data === null) {
      return;
    }
    const offline = !this.follow.current;
    const busy = this.wishes.busy(data.version);
    const spoken = language();
    const now = this.follow.clock.now();
    const formats = this.formats ??= timeFormats(data.timeZone, spoken);
    const shown = model(data);
    document.body.dataset["state"] = offline ? "offline" : "live";
    showHeader(data, shown, spoken, formats, now, offline ? this.follow.asOf : null);
    showCard(data, shown, spoken, formats, now);
    showButtons(data, shown, spoken, !offline && !busy, busy);
    showCounters(data, spoken);
    this.list.show(data, shown, spoken, now);
    show(need("#offline"), offline);
    tell(shown, shown.own?.label ?? data.counter, spoken);
    this.reloader.consider(shown.ticket === null && !busy);
  }
}
