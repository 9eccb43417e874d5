// Today's tickets: those that are finished, or found by number, name or phone. Read on request, and never pushed.

import { ticks } from "../../shared/clock.js";
import { make, need, set, write } from "../../shared/dom.js";
import type { DeskTicket, FoundTickets } from "../../shared/messages.js";
import { newRequestId } from "../../shared/post.js";
import { count, say } from "../../shared/texts.js";
import { isOver, usable, type View } from "../model.js";
import { personWords, serviceName } from "../words.js";
import { choice, type Context, type Panel } from "./pieces.js";

const pauseMs = 300;
const readAgainMs = 3_000;

/** What was found last, for which text and version of the queue. */
let found: FoundTickets | null = null;
let asked = { text: "", version: -1, at: -Infinity };
let timer = 0;
/** This panel since it was opened: what it reads again by itself is one look. */
let look = "";

export const find: Panel = {
  ofVisit: false,
  title: ({ language }) => say(language, "desk.find.title"),
  build: ({ language }, context) => {
    const search = make("input", {
      type: "search", id: "ticket-search", autocomplete: "off", spellcheck: "false", placeholder: say(language, "desk.find.how"),
    });
    const body = make("div", { class: "found" }, make("p", { class: "status", role: "status" }), make("ul", { class: "finished" }));
    look = newRequestId();
    [found, asked] = [null, { text: "", version: -1, at: -Infinity }];
    search.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => void read(body, search.value, context), pauseMs);
    });
    return [make("div", { class: "finder" }, make("label", { for: search.id }, say(language, "desk.find.search")), search), body];
  },
  update: (body, view, context) => {
    const text = need<HTMLInputElement>("#ticket-search", body).value;
    if (view.offlineSince === null && view.data.version !== asked.version && ticks() - asked.at > readAgainMs) {
      void read(body, text, context);
    }
    fill(body, view, context);
  },
};

async function read(body: HTMLElement, text: string, context: Context): Promise<void> {
  const request = { text: text.trim(), version: context.view().data.version, at: ticks() };
  asked = request;
  const answer = await context.commands.find(request.text, look);
  if (answer !== null && asked === request) {
    found = answer;
    fill(body, context.view(), context);
  }
}

function fill(body: HTMLElement, view: View, context: Context): void {
  const { language } = view;
  write(need(".status", body), found === null ? say(language, "desk.find.reading")
    : found.tickets.length === 0 ? say(language, asked.text === "" ? "desk.find.none" : "desk.find.not-found")
    : found.more > 0 ? say(language, "desk.find.more", { n: found.tickets.length, more: found.more })
    : count(language, "desk.find.found", found.tickets.length));
  const list = need("ul", body);
  const rows = new Map([...list.children].map(row => [(row as HTMLElement).dataset["id"], row as HTMLElement]));
  (found?.tickets ?? []).forEach((ticket, index) => {
    const row = rows.get(ticket.id) ?? make("li", { "data-id": ticket.id });
    rows.delete(ticket.id);
    writeRow(row, ticket, view, context);
    if (list.children[index] !== row) {
      list.insertBefore(row, list.children[index] ?? null);
    }
  });
  rows.forEach(row => row.remove());
}

/** Row by row, and only those that have changed: no press meets another ticket. */
function writeRow(row: HTMLElement, ticket: DeskTicket, view: View, context: Context): void {
  const { language, formats, model } = view;
  const written = [language, JSON.stringify(ticket), model.mode, usable(view)].join();
  if (row.dataset["written"] === written) {
    return;
  }
  const focused = [...row.querySelectorAll("button")].indexOf(document.activeElement as HTMLButtonElement);
  row.dataset["written"] = written;
  set(row, "data-state", ticket.state);
  const time = formats.time(Date.parse(ticket.endedAt ?? ticket.lastCallAt ?? ticket.takenAt));
  row.replaceChildren(
    make("b", { class: "number" }, ticket.number),
    make("span", { class: "who" }, serviceName(view, ticket.service),
      make("small", {}, ticket.person === null ? "" : personWords(view, ticket.person))),
    make("span", { class: "stand" }, say(language, `desk.found.${ticket.outcome ?? ticket.state}`, { time })),
    make("span", { class: "acts" }, ...acts(ticket, view, context)));
  [...row.querySelectorAll("button")][Math.min(focused, row.querySelectorAll("button").length - 1)]?.focus();
}

function acts(ticket: DeskTicket, { language, data, model }: View, { commands, message, view, close }: Context): HTMLElement[] {
  if (data.ended || !(ticket.state === "served" || isOver(ticket))) {
    return [];
  }
  const act = (words: string, may: boolean, press: () => void): HTMLButtonElement => {
    const button = choice(words, () => may && usable(view()) && press());
    button.setAttribute("aria-label", `${words}: ${ticket.number}`);
    button.setAttribute("aria-disabled", String(!may || !usable(view())));
    return button;
  };
  const isFree = model.ticket === null && model.mode !== "away";
  return [
    act(say(language, "desk.found.reactivate"), true, () => void commands.ofTicket(ticket.id, "reactivate").then(taken => taken
      && message.say(say(language, "desk.found.reactivated", { number: ticket.number }), "good"))),
    ...ticket.calledAt === null ? [] : [act(say(language, "desk.found.reopen"), isFree, () => {
      close();
      void commands.atCounter("reopen", { ticket: ticket.id });
    })],
  ];
}
