// The live layer of the ticket's page. The server wrote the whole page; this keeps it current.

import { ServerClock, ticks, timeFormats } from "../shared/clock.js";
import { need, show, write } from "../shared/dom.js";
import { live, type Live } from "../shared/live.js";
import type { TicketClient, TicketServer, TicketState, TicketView } from "../shared/messages.js";
import { count, say, spoken } from "../shared/texts.js";
import { waitWords } from "../shared/waits.js";
import { Alarm } from "./alarm.js";

const staleMs = 15_000;
/** A phone in a cellar needs longer than a screen on the office's network. */
const patienceMs = 10_000;

/** Nothing more will come. A finished ticket may be put back into the queue. */
const over: ReadonlySet<TicketState> = new Set(["expired"]);
const useful: ReadonlySet<TicketState> = new Set(["coming", "waiting", "called", "parked", "pickup"]);

const page = need("#ticket");
const language = spoken(document.documentElement.lang);
const formats = timeFormats(page.dataset["timeZone"] ?? "Europe/Berlin", language);
const clock = new ServerClock();
const alarm = new Alarm(language);
const plainTitle = document.title;
let currentAt = -Infinity;
let asOf: number | null = null;
let connection: Live<TicketServer> | null = null;

function take(view: TicketView): void {
  confirm(view.at);
  document.body.dataset["state"] = view.state;
  write(need("#number"), view.number);
  write(need("#state"), say(language, `ticket.${view.state}`));
  write(need("#text"), text(view));
  show(need("#ahead"), view.ahead !== null);
  write(need("#ahead"), view.ahead === null ? "" : view.ahead === 0 ? say(language, "ticket.ahead.none")
    : count(language, "ticket.ahead", view.ahead));
  showWait(view);
  show(need("#counter"), view.state === "called");
  write(need("#counter-label"), view.counter ?? "");
  document.title = view.state === "called" ? say(language, "ticket.called.title", { number: view.number, counter: view.counter ?? "" })
    : plainTitle;
  show(need("#message"), view.message !== null);
  write(need("#message-text"), messageWords(view));
  alarm.follow([view.state === "called" ? view.lastCallAt : null, view.message?.at ?? null], useful.has(view.state));
  if (over.has(view.state)) {
    connection?.stop();
    show(need("#live"), false);
  }
}

function messageWords({ message }: TicketView): string {
  return message === null ? "" : message.text ?? (message.kind === "text" ? "" : say(language, `ticket.message.${message.kind}`));
}

/** The wait, or the time before which the ticket is not called. */
function showWait(view: TicketView): void {
  const wait = waitWords(view.wait, language);
  const notBefore = view.notBefore === null ? "" : say(language, "ticket.not-before", { time: formats.time(Date.parse(view.notBefore)) });
  const words = view.state === "coming" && wait !== null ? `${notBefore} ${say(language, "ticket.coming.wait", { wait })}`.trim()
    : notBefore !== "" || wait === null ? notBefore : say(language, "ticket.wait", { wait });
  show(need("#wait"), words !== "");
  write(need("#wait"), words);
}

function text(view: TicketView): string {
  const places = {
    counter: view.counter ?? "", times: view.calls, time: view.home === null ? "" : formats.time(Date.parse(view.home.arriveBy)),
  };
  return say(language, view.state === "called" && view.calls > 1 ? "ticket.called.again" : `ticket.${view.state}.text`, places);
}

/** The data is current as of this server time. */
function confirm(at: string): void {
  clock.heard(at);
  currentAt = ticks();
  asOf = Date.parse(at);
  tick();
}

function tick(): void {
  if (asOf === null) {
    return;
  }
  const stale = ticks() - currentAt >= staleMs;
  document.body.classList.toggle("stale", stale);
  write(need("#live"), say(language, stale ? "ticket.stale" : "ticket.live", { time: formats.time(asOf) }));
}

connection = live<TicketClient, TicketServer>({
  url: `/live/ticket?${new URLSearchParams({ queue: page.dataset["queue"] ?? "", code: page.dataset["code"] ?? "" })}`,
  on: {
    show: take,
    heartbeat: heartbeat => confirm(heartbeat.at),
  },
  status: status => show(need("#refresh"), status !== "connected"),
  patienceMs,
});
setInterval(tick, 1000);
