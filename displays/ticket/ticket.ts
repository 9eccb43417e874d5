// The live layer of the ticket's page: the server wrote the page whole; this only keeps it true.

import { ServerClock, ticks, timeFormats } from "../shared/clock.js";
import { need, show, write } from "../shared/dom.js";
import { live, type Live } from "../shared/live.js";
import type { Heartbeat, TicketView } from "../shared/messages.js";
import { count, say, spoken } from "../shared/texts.js";
import { Alarm } from "./alarm.js";

const staleMs = 15_000;
/** A phone in a cellar needs longer than a screen on the office's network. */
const patienceMs = 10_000;

const page = need("#ticket");
const language = spoken(document.documentElement.lang);
const formats = timeFormats(page.dataset["timeZone"] ?? "Europe/Berlin", language);
const clock = new ServerClock();
const alarm = new Alarm(language);
const plainTitle = document.title;
let currentAt = -Infinity;
let asOf: number | null = null;
let connection: Live | null = null;

function take(view: TicketView): void {
  sign(view.at);
  document.body.dataset["state"] = view.state;
  write(need("#number"), view.number);
  write(need("#state"), say(language, `ticket.${view.state}`));
  write(need("#text"), text(view));
  show(need("#ahead"), view.ahead !== null);
  write(need("#ahead"), view.ahead === null ? "" : view.ahead === 0 ? say(language, "ticket.ahead.none") : count(language, "ticket.ahead", view.ahead));
  show(need("#counter"), view.state === "called");
  write(need("#counter-label"), view.counter ?? "");
  document.title = view.state === "called" ? say(language, "ticket.called.title", { number: view.number, counter: view.counter ?? "" }) : plainTitle;
  alarm.follow(view.state === "called" ? view.lastCallAt : null, view.state === "waiting" || view.state === "called");
  if (view.state === "served") {
    connection?.stop();
    show(need("#live"), false);
  }
}

function text(view: TicketView): string {
  const places = { counter: view.counter ?? "", times: view.calls };
  return say(language, view.state === "called" && view.calls > 1 ? "ticket.called.again" : `ticket.${view.state}.text`, places);
}

/** The data is current as of this server time. */
function sign(at: string): void {
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

connection = live({
  url: `/live/ticket?${new URLSearchParams({ queue: page.dataset["queue"] ?? "", code: page.dataset["code"] ?? "" })}`,
  on: {
    show: take,
    heartbeat: (heartbeat: Heartbeat) => sign(heartbeat.at),
  },
  status: status => show(need("#refresh"), status !== "connected"),
  patienceMs,
});
setInterval(tick, 1000);
