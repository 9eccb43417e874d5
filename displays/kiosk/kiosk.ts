// The kiosk: one question, one touch, one number.

import { ServerClock, ticks, timeFormats, type TimeFormats } from "../shared/clock.js";
import { need, write } from "../shared/dom.js";
import { live } from "../shared/live.js";
import type { Heartbeat, KioskView } from "../shared/messages.js";
import { wordsOf } from "../shared/post.js";
import { Reloader } from "../shared/reload.js";
import { pick, say, translate } from "../shared/texts.js";
import { resetAids, startAids } from "./aids.js";
import { showHome } from "./home.js";
import { offered, showLanguages } from "./languages.js";
import { Sheet } from "./sheet.js";
import { Taker } from "./take.js";

/** A hub's restart takes less: nobody needs to hear of it. */
const offlineMs = 5_000;
const idleMs = 30_000;

const name = new URLSearchParams(location.search).get("kiosk") ?? "";
const taking = need<HTMLDialogElement>("#taking");
const refusal = need<HTMLDialogElement>("#refused");
const clock = new ServerClock();
const reloader = new Reloader();
const taker = new Taker(name);
const sheet = new Sheet(goHome);

let view: KioskView | null = null;
let formats: TimeFormats | null = null;
let language = "de";
let lostAt: number | null = ticks();
let touchedAt = ticks();

async function choose(service: string): Promise<void> {
  if (taking.open || view === null) {
    return;
  }
  taking.showModal();
  const answer = await taker.take(service, language, view.services.find(s => s.id === service)?.queue ?? null);
  taking.close();
  if (answer.kind === "yes") {
    formats ??= timeFormats(view.timeZone, language);
    sheet.show(answer.value, view, language, formats, clock.now());
    return;
  }
  const words = answer.kind === "no"
    ? wordsOf(answer, language, say(language, "kiosk.refused.text"))
    : say(language, answer.kind === "silence" ? "kiosk.refused.network" : "kiosk.refused.text");
  write(need("#refused-text"), words);
  touchedAt = ticks();
  refusal.showModal();
}

/** As the next person shall find it. */
function goHome(): void {
  refusal.close();
  taker.forget();
  resetAids();
  speak(offered(view?.languages ?? [])[0] ?? "de");
  scrollTo(0, 0);
}

function speak(wanted: string): void {
  language = wanted;
  formats = null;
  document.documentElement.lang = language;
  document.title = say(language, "kiosk.title");
  translate(document, language);
  show();
}

function show(): void {
  const offline = lostAt !== null && ticks() - lostAt >= offlineMs;
  const screen = view === null ? (offline ? "offline" : "starting") : offline ? "offline" : view.services.length === 0 ? "closed" : "home";
  document.body.dataset["screen"] = screen;
  if (screen !== "home") {
    write(need("#notice-title"), say(language, `kiosk.${screen}.title`));
    write(need("#notice-text"), say(language, `kiosk.${screen}.text`));
  }
  if (view !== null) {
    formats ??= timeFormats(view.timeZone, language);
    write(need("#office"), pick(view.office, language));
    write(need("#day"), formats.day(clock.now()));
    write(need("#time"), formats.time(clock.now()));
    showLanguages(offered(view.languages), language, speak);
    showHome(view, language, service => void choose(service));
  }
}

function tick(): void {
  const idle = ticks() - touchedAt >= idleMs && !sheet.open && !taking.open;
  if (idle && document.body.dataset["idle"] !== "true") {
    goHome();
  }
  document.body.dataset["idle"] = String(idle);
  show();
  reloader.consider(idle);
}

live({
  url: `/live/kiosk?kiosk=${encodeURIComponent(name)}`,
  on: {
    show: (next: KioskView) => {
      const first = view === null;
      view = next;
      formats = null;
      clock.heard(next.at);
      reloader.heard(next.build);
      if (first) {
        speak(offered(next.languages)[0] ?? "de");
      }
      show();
    },
    heartbeat: (heartbeat: Heartbeat) => {
      clock.heard(heartbeat.at);
      reloader.heard(heartbeat.build);
    },
  },
  status: status => {
    lostAt = status === "connected" ? null : lostAt ?? ticks();
    show();
  },
});

startAids();
need("#back").addEventListener("click", () => refusal.close());
taking.addEventListener("cancel", event => event.preventDefault());
for (const touch of ["pointerdown", "keydown"] as const) {
  addEventListener(touch, () => {
    touchedAt = ticks();
  });
}
setInterval(tick, 1000);
speak("de");
