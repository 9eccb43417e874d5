// The kiosk: one question, one touch, one number.

import { ServerClock, ticks, timeFormats, type TimeFormats } from "../shared/clock.js";
import { need, write } from "../shared/dom.js";
import { fixPage } from "../shared/fixed.js";
import { live } from "../shared/live.js";
import type { KioskClient, KioskServer, KioskService, KioskView, TakenTicket, TakeTicketRequest } from "../shared/messages.js";
import { newRequestId, post, wordsOf, type Answer } from "../shared/post.js";
import { Reloader } from "../shared/reload.js";
import { screenName } from "../shared/screen.js";
import { base, pick, say, translate } from "../shared/texts.js";
import { nameSign, wear, wearTheme } from "../shared/theme.js";
import { takeToken } from "../shared/token.js";
import { CheckIn } from "./check-in.js";
import { Home, offered } from "./home.js";
import { Sheet } from "./sheet.js";

/** A hub's restart takes less, and is not shown. */
const offlineMs = 5_000;
const idleMs = 30_000;

fixPage();

const name = new URLSearchParams(location.search).get("kiosk") ?? "";
const token = takeToken(`aufruf.kiosk.${name}`) ?? "";
wearTheme(name);
const taking = need<HTMLDialogElement>("#taking");
const refusal = need<HTMLDialogElement>("#refused");
const clock = new ServerClock();
const reloader = new Reloader();
const home = new Home(service => void take(service), speak);
const sheet = new Sheet(goHome);
const checkIn = new CheckIn({
  ready: () => document.body.dataset["screen"] === "home" && (view?.appointments === true || view?.homeTickets === true)
    && document.querySelector("dialog[open]") === null,
  language: () => language,
  ask: request => ask("check-ins", request),
  wordsOf: answer => refusalWords(answer),
});

let view: KioskView | null = null;
let formats: TimeFormats | null = null;
let language = "de";
let lostAt: number | null = ticks();
let authorised = token !== "";
let touchedAt = ticks();
/** A request without an answer keeps its id: the next try gets the same number, not a second one. */
let unanswered: TakeTicketRequest | null = null;

async function take(service: KioskService): Promise<void> {
  if (taking.open || view === null) {
    return;
  }
  // The shown queue belongs to the request: repeated after midnight, it still finds its first ticket.
  const request: TakeTicketRequest = unanswered?.service === service.id ? unanswered
    : { requestId: newRequestId(), service: service.id, language: base(language), queue: service.queue };
  const answer = await ask("tickets", request);
  unanswered = answer.kind === "silence" ? request : null;
  if (answer.kind !== "yes") {
    write(need("#refused-text"), refusalWords(answer));
    refusal.showModal();
  }
}

/** Asks for a ticket, and shows it when it is given. */
async function ask(path: "tickets" | "check-ins", request: { requestId: string }): Promise<Answer<TakenTicket>> {
  taking.showModal();
  const answer = await post<TakenTicket>(`/api/v1/kiosks/${encodeURIComponent(name)}/${path}`, request, token);
  taking.close();
  touchedAt = ticks();
  if (answer.kind === "yes" && view !== null) {
    formats ??= timeFormats(view.timeZone, language);
    checkIn.close();
    sheet.show(answer.value, view, language, formats, clock.now());
  }
  return answer;
}

function refusalWords(answer: Answer<TakenTicket>): string {
  const otherwise = say(language, answer.kind === "silence" ? "kiosk.refused.network" : "kiosk.refused.text");
  return answer.kind === "no" ? wordsOf(answer, language, otherwise) : otherwise;
}

/** Prepares the kiosk for the next person. */
function goHome(): void {
  refusal.close();
  checkIn.close();
  unanswered = null;
  home.resetAids();
  speak(view === null ? "de" : offered(view)[0] ?? "de");
  scrollTo(0, 0);
}

function speak(wanted: string): void {
  language = wanted;
  formats = null;
  document.documentElement.lang = language;
  nameSign();
  document.title = say(language, "kiosk.title");
  translate(document, language);
  show();
}

function show(): void {
  const offline = lostAt !== null && ticks() - lostAt >= offlineMs;
  const screen = !authorised ? "unauthorised"
    : offline ? "offline" : view === null ? "starting" : view.services.length === 0 ? "closed" : "home";
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
    home.show(view, language);
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

live<KioskClient, KioskServer>({
  url: `/live/kiosk?kiosk=${encodeURIComponent(name)}&screen=${screenName()}`,
  token: () => token,
  isKnown: true,
  on: {
    look: wear,
    show: next => {
      const first = view === null;
      view = next;
      formats = null;
      clock.heard(next.at);
      reloader.heard(next.build);
      if (first) {
        speak(offered(next)[0] ?? "de");
      }
      show();
    },
    heartbeat: heartbeat => {
      clock.heard(heartbeat.at);
      reloader.heard(heartbeat.build);
    },
  },
  status: status => {
    authorised = status !== "refused" && (authorised || status === "connected");
    lostAt = status === "connected" ? null : lostAt ?? ticks();
    show();
  },
});

need("#back").addEventListener("click", () => refusal.close());
taking.addEventListener("cancel", event => event.preventDefault());
for (const touch of ["pointerdown", "keydown"] as const) {
  addEventListener(touch, () => {
    touchedAt = ticks();
  });
}
addEventListener("hashchange", () => location.reload());
setInterval(tick, 1000);
speak("de");
