// Today's appointments of the office: found by number, code or name; checked in, taken back, cancelled.

import { make, need, set, write } from "../../shared/dom.js";
import type { StaffAppointment } from "../../shared/messages.js";
import { count, pick, say } from "../../shared/texts.js";
import { codeWords } from "../appointments.js";
import { usable, type View } from "../model.js";
import { choice, type Context, type Panel } from "./pieces.js";

export const appointments: Panel = {
  ofVisit: false,
  title: ({ language }) => say(language, "desk.appointments.title"),
  build: (view, context) => {
    const { language } = view;
    context.appointments.begin();
    const search = make("input", {
      type: "search", id: "appointment-search", autocomplete: "off", spellcheck: "false",
      placeholder: say(language, "desk.appointments.search.how"),
    });
    const list = make("ul", { class: "appointments" });
    const body = make("div", { class: "found" }, make("p", { class: "status", role: "status" }), list);
    search.addEventListener("input", () => fill(body, search.value, context.view(), context));
    search.addEventListener("keydown", event => {
      if (event.key === "Enter") { // A scanner ends with it.
        event.preventDefault();
        list.querySelector<HTMLElement>("button")?.focus();
      }
    });
    return [
      make("div", { class: "finder" }, make("label", { for: search.id }, say(language, "desk.appointments.search")), search,
        choice(say(language, "desk.book"), () => context.open("book"))),
      body,
    ];
  },
  update: (body, view, context) => {
    if (view.data.appointments !== null && view.offlineSince === null) {
      void context.appointments.follow(view.data.appointments.mark);
    }
    fill(body, need<HTMLInputElement>("#appointment-search", body).value, view, context);
  },
};

function fill(body: HTMLElement, wanted: string, view: View, context: Context): void {
  const all = context.appointments.list;
  const list = need("ul", body);
  const found = (all ?? []).filter(appointment => finds(wanted, appointment, view));
  write(need(".status", body), all === null ? say(view.language, "desk.appointments.reading")
    : all.length === 0 ? say(view.language, "desk.appointments.none")
    : found.length === 0 ? say(view.language, "desk.appointments.not-found")
    : count(view.language, "desk.appointments.found", found.length));
  const rows = new Map([...list.children].map(row => [(row as HTMLElement).dataset["id"], row as HTMLElement]));
  found.forEach((appointment, index) => {
    const row = rows.get(appointment.id) ?? make("li", { "data-id": appointment.id });
    rows.delete(appointment.id);
    writeRow(row, appointment, view, context);
    if (list.children[index] !== row) {
      list.insertBefore(row, list.children[index] ?? null);
    }
  });
  rows.forEach(row => row.remove());
}

/** Row by row, and only those that have changed: no press meets another appointment. */
function writeRow(row: HTMLElement, appointment: StaffAppointment, view: View, context: Context): void {
  const leaving = context.appointments.isLeaving(appointment);
  const number = numberOf(appointment, view);
  const written = [view.language, appointment.state, appointment.name, number, leaving, usable(view), isPast(appointment, view),
    appointment.noWay].join();
  if (row.dataset["written"] === written) {
    return;
  }
  const focused = [...row.querySelectorAll("button")].indexOf(document.activeElement as HTMLButtonElement);
  row.dataset["written"] = written;
  set(row, "data-state", leaving ? "leaving" : appointment.state);
  row.replaceChildren(
    make("time", {}, view.formats.time(Date.parse(appointment.from))),
    make("span", { class: "who" }, make("b", {}, appointment.name ?? say(view.language, "desk.appointments.no-name")),
      make("small", {}, aboutWords(appointment, view)), ...noWayOf(appointment, view), ...videoOf(appointment, view)),
    make("span", { class: "code" }, codeWords(appointment.code)),
    make("span", { class: "stand" }, standWords(appointment, number, leaving, view)),
    make("span", { class: "acts" }, ...acts(appointment, leaving, view, context)));
  [...row.querySelectorAll("button")][Math.min(focused, row.querySelectorAll("button").length - 1)]?.focus();
}

function acts(appointment: StaffAppointment, leaving: boolean, view: View, context: Context): HTMLElement[] {
  const { appointments: desk } = context;
  const { language } = view;
  const whom = `${view.formats.time(Date.parse(appointment.from))} ${appointment.name ?? codeWords(appointment.code)}`;
  const act = (words: string, press: () => void, kind = "choice"): HTMLButtonElement => {
    const button = choice(words, () => usable(context.view()) && press(), undefined, kind);
    button.setAttribute("aria-label", `${words}: ${whom}`);
    button.setAttribute("aria-disabled", String(!usable(view)));
    return button;
  };
  if (leaving) {
    return [act(say(language, "desk.undo"), () => desk.keep(appointment))];
  }
  if (appointment.state === "checked-in") {
    return [act(say(language, "desk.appointments.undo-check-in"), () => void desk.act(appointment, "undo-check-in"))];
  }
  return [
    act(say(language, "desk.appointments.check-in"), () => void desk.act(appointment, "check-in"), "choice strong"),
    ...isPast(appointment, view) ? [] : [act(say(language, "desk.appointments.cancel"), () => desk.cancel(appointment))],
  ];
}

function aboutWords(appointment: StaffAppointment, { language }: View): string {
  return [
    ...appointment.services.map(({ name, persons, id }) =>
      (pick(name, language) || id) + (persons > 1 ? ` (${count(language, "desk.appointments.persons", persons)})` : "")),
    say(language, "desk.minutes.short", { n: appointment.minutes }),
    ...appointment.kind === "at-counter" ? [] : [say(language, `desk.appointments.kind.${appointment.kind}`)],
    ...appointment.remark === null ? [] : [appointment.remark],
  ].join(" · ");
}

/** Somebody must call, or tell the citizen here. */
function noWayOf({ noWay }: StaffAppointment, { language }: View): HTMLElement[] {
  return noWay === null ? [] : [make("small", { class: "no-way" }, say(language, `desk.no-way.${noWay}`))];
}

/** Opens beside the desk, which stays where it is. */
function videoOf({ video }: StaffAppointment, { language }: View): HTMLElement[] {
  return video === null ? [] : [make("a", { href: video, target: "_blank", rel: "noreferrer" }, say(language, "desk.appointments.video"))];
}

function standWords(appointment: StaffAppointment, number: string | null, leaving: boolean, view: View): string {
  return leaving ? say(view.language, "desk.appointments.leaving")
    : appointment.state === "checked-in" ? say(view.language, "desk.appointments.is-here", { number: number ?? "" }).trim()
    : isPast(appointment, view) ? say(view.language, "desk.appointments.late") : "";
}

function isPast({ from }: StaffAppointment, { now }: View): boolean {
  return Date.parse(from) <= now;
}

function numberOf(appointment: StaffAppointment, { data }: View): string | null {
  return appointment.number ?? data.tickets.find(ticket => ticket.id === appointment.ticket)?.number ?? null;
}

/** By a part of the name, the time, the ticket's number, or the code as it is typed or scanned. */
function finds(wanted: string, appointment: StaffAppointment, view: View): boolean {
  const words = wanted.trim().toLowerCase();
  const code = (words.split("/").at(-1) ?? "").replace(/[^0-9a-z]/g, "").replace(/o/g, "0").replace(/[il]/g, "1");
  return words === "" || (appointment.name ?? "").toLowerCase().includes(words)
    || view.formats.time(Date.parse(appointment.from)).startsWith(words)
    || (numberOf(appointment, view) ?? "").toLowerCase() === words
    || (code.length > 2 && appointment.code.startsWith(code));
}
