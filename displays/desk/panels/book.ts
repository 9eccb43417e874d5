// A clerk books the next appointment for the person in front, or on the phone.

import { make, show, write } from "../../shared/dom.js";
import type { AppointmentKind, Offer, OfferedService, StaffAppointment, Wanted } from "../../shared/messages.js";
import { pick, say, type Key } from "../../shared/texts.js";
import { codeWords } from "../appointments.js";
import type { View } from "../model.js";
import { languageName } from "../words.js";
import { choice, field, group, selection, type Context, type Panel } from "./pieces.js";

const mostSlots = 60;

export const book: Panel = {
  ofVisit: false,
  title: ({ language }) => say(language, "desk.book.title"),
  build: (view, context) => {
    const body = make("div", { class: "book-body" }, make("p", { role: "status" }, say(view.language, "desk.appointments.reading")));
    void context.appointments.offers().then(offers => offers !== null && body.replaceChildren(form(body, offers, view, context)));
    return [body];
  },
};

function form(body: HTMLElement, offers: readonly Offer[], view: View, context: Context): HTMLElement {
  const { language, data } = view;
  const wanted = new Map<string, number>();
  const from = make("input", { type: "date", value: dayOf(view) });
  from.min = from.value;
  const slots = make("div", { class: "slots", tabindex: "0", role: "radiogroup", "aria-label": say(language, "desk.book.slots") });
  const name = make("input", { type: "text", maxlength: "200", autocomplete: "off", required: "" });
  const mail = make("input", { type: "email", maxlength: "200", autocomplete: "off" });
  const phone = make("input", { type: "tel", maxlength: "40", autocomplete: "off" });
  const remark = make("input", { type: "text", maxlength: "500", autocomplete: "off" });
  const spoken = selection(data.languages.map(code => [code, languageName(code, language)]));
  const kinds = [...new Set(offers.flatMap(offer => offer.services).flatMap(service => service.kinds))];
  const kind = selection(kinds.map(way => [way, say(language, `desk.appointments.kind.${way}`)]));
  const way = (): AppointmentKind => kinds.find(known => known === kind.value) ?? "at-counter";
  const complaint = make("p", { class: "error", role: "alert" });
  let asked = 0;

  const services = (): Wanted[] => [...wanted].filter(([, persons]) => persons > 0).map(([service, persons]) => ({ service, persons }));

  async function find(): Promise<void> {
    const mine = ++asked;
    const chosen = slots.querySelector<HTMLInputElement>("input:checked")?.value;
    if (services().length === 0) {
      slots.replaceChildren(make("p", {}, say(language, "desk.book.no-service")));
      return;
    }
    const found = await context.appointments.slots(services(), from.value, way());
    if (mine === asked && found !== null) {
      slots.replaceChildren(...choices(
        found.offices.flatMap(({ offer, starts }) => starts.map(start => ({ calendar: offer.calendar, start }))),
        chosen, context.view()));
    }
  }

  function complain(why: Key, at: HTMLElement): void {
    write(complaint, say(language, why));
    at.focus();
  }

  const rows = [...new Map(offers.flatMap(offer => offer.services).map(service => [service.id, service])).values()];
  const element = make("form", { class: "book", novalidate: "" },
    group(say(language, "desk.book.services"), "column", make("ul", { class: "wanted" }, ...rows.map(service =>
      personsOf(service, language, persons => {
        wanted.set(service.id, persons);
        void find();
      })))),
    make("div", { class: "column times" }, ...kinds.length > 1 ? [field(say(language, "desk.book.kind"), kind)] : [],
      field(say(language, "desk.book.from"), from), slots),
    make("div", { class: "column" }, field(say(language, "desk.book.name"), name), field(say(language, "desk.book.mail"), mail),
      field(say(language, "desk.book.phone"), phone), field(say(language, "desk.book.remark"), remark),
      ...data.languages.length > 1 ? [field(say(language, "desk.enter.language"), spoken)] : [], complaint,
      make("button", { type: "submit", class: "choice strong" }, make("b", {}, say(language, "desk.book.go")))));
  from.addEventListener("change", () => void find());
  kind.addEventListener("change", () => void find());
  element.addEventListener("submit", event => {
    event.preventDefault();
    const slot = slots.querySelector<HTMLInputElement>("input:checked");
    if (services().length === 0) {
      complain("desk.book.no-service", element.querySelector<HTMLElement>(".step") ?? element);
    } else if (slot === null) {
      complain("desk.book.no-slot", slots);
    } else if (name.value.trim() === "") {
      complain("desk.book.no-name", name);
    } else {
      write(complaint, "");
      const [calendar = "", start = ""] = slot.value.split(" ");
      void context.appointments.book({
        calendar, services: services(), from: start, kind: way(), language: spoken.value, name: name.value.trim(),
        mail: mail.value.trim() || null, phone: phone.value.trim() || null, remark: remark.value.trim() || null,
      }).then(booked => booked === null ? find() : body.replaceChildren(...done(booked, context)));
    }
  });
  void find();
  return element;
}

/** A service with the number of persons: none, one, or as many as the calendar allows. */
function personsOf(service: OfferedService, language: string, chosen: (persons: number) => void): HTMLElement {
  const name = pick(service.name, language);
  const shown = make("output", {}, "0");
  let persons = 0;
  const row = make("li", {}, make("span", {}, name), step("−", "desk.given.less", -1), shown, step("+", "desk.given.more", 1));
  function step(sign: string, words: Key, by: number): HTMLButtonElement {
    const button = make("button", { type: "button", class: "step", "aria-label": say(language, words, { service: name }) }, sign);
    button.addEventListener("click", () => {
      const next = Math.min(service.mostPersons, Math.max(0, persons + by));
      if (next !== persons) {
        persons = next;
        write(shown, String(persons));
        row.classList.toggle("some", persons > 0);
        chosen(persons);
      }
    });
    return button;
  }
  return row;
}

interface Slot { calendar: string; start: string; }

/** The free times, day by day. Counters of several calendars that are free at one time are offered once. */
function choices(found: readonly Slot[], chosen: string | undefined, { language, formats }: View): HTMLElement[] {
  const days = new Map<string, Slot[]>();
  const once = new Map([...found].reverse().map(slot => [slot.start, slot]));
  const inOrder = [...once.values()].sort((a, b) => Date.parse(a.start) - Date.parse(b.start)).slice(0, mostSlots);
  for (const slot of inOrder) {
    const day = formats.day(Date.parse(slot.start));
    days.set(day, [...days.get(day) ?? [], slot]);
  }
  return days.size === 0 ? [make("p", {}, say(language, "desk.book.nothing"))] : [...days].map(([day, slots]) =>
    group(day, "day", make("div", { class: "hours" }, ...slots.map(slot => {
      const value = `${slot.calendar} ${slot.start}`;
      const radio = make("input", { type: "radio", name: "slot", value });
      radio.checked = value === chosen;
      return make("label", {}, radio, make("span", {}, formats.time(Date.parse(slot.start))));
    }))));
}

/** Stays until the clerk has written the code down, or said it. */
function done(booked: StaffAppointment, context: Context): HTMLElement[] {
  const { language, formats } = context.view();
  const at = Date.parse(booked.from);
  const words = make("div", { class: "booked", role: "status", tabindex: "-1" },
    make("p", {}, say(language, "desk.book.done", { day: formats.day(at), time: formats.time(at), name: booked.name ?? "" })),
    make("p", { class: "code num" }, make("span", {}, say(language, "desk.book.code")), " ", make("b", {}, codeWords(booked.code))));
  const warning = make("p", { class: "error" }, booked.warning === null ? "" : say(language, "desk.book.many"));
  show(warning, booked.warning !== null);
  words.append(warning);
  setTimeout(() => words.focus());
  return [words, make("div", { class: "choices" },
    choice(say(language, "desk.book.list"), () => context.open("appointments")),
    choice(say(language, "desk.panel.close"), context.close))];
}

/** Today in the office, as a date field reads it. */
function dayOf({ data, now }: View): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: data.timeZone }).format(now);
}
