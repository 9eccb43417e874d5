// The citizen of a ticket: the name, one more slip, the page as a QR code, a message to the phone.

import { make } from "../../shared/dom.js";
import type { NoticeKind } from "../../shared/messages.js";
import { say } from "../../shared/texts.js";
import { personForm } from "./person.js";
import { choice, group, selection, type Context, type Panel } from "./pieces.js";

const notices: readonly Exclude<NoticeKind, "text">[] = ["come-closer", "delay", "papers-ready", "document-ready", "to-reception"];
/** As the hub allows. */
const longestMessage = "200";

export const reach: Panel = {
  ofVisit: false,
  ofTicket: true,
  title: ({ language }, ticket) => say(language, "desk.reach.title", { number: ticket?.number ?? "" }),
  build: (view, context, ticket) => ticket === null ? [] : [make("div", { class: "reach" },
    ...view.data.rules.askName ? [person(view.language, context, ticket.id, ticket.person)] : [],
    message(view.language, context, ticket.id),
    slip(view.language, context, ticket.id, ticket.number))],
};

function person(language: string, { commands, close }: Context, ticket: string, known: Parameters<typeof personForm>[1]): HTMLElement {
  const { fields, value } = personForm(language, known);
  const form = make("form", {}, fields,
    make("button", { type: "submit", class: "choice" }, make("b", {}, say(language, "desk.person.keep"))));
  form.addEventListener("submit", event => {
    event.preventDefault();
    close();
    void commands.ofTicket(ticket, "person", { person: value() });
  });
  return group(say(language, "desk.person"), "column", form);
}

function message(language: string, { commands, close, message }: Context, ticket: string): HTMLElement {
  const send = (kind: NoticeKind, text: string | null): void => {
    close();
    void commands.ofTicket(ticket, "message", { message: kind, ...text !== null && { text } })
      .then(taken => taken && message.say(say(language, "desk.notice.sent"), "good"));
  };
  const own = make("input", { type: "text", maxlength: longestMessage, required: "", "aria-label": say(language, "desk.notice.text") });
  const form = make("form", { class: "own-words" }, own,
    make("button", { type: "submit", class: "choice" }, make("b", {}, say(language, "desk.notice.go"))));
  form.addEventListener("submit", event => {
    event.preventDefault();
    if (own.value.trim() !== "") {
      send("text", own.value.trim());
    }
  });
  const fixed = selection(notices.map(kind => [kind, say(language, `desk.notice.${kind}`)]));
  fixed.setAttribute("aria-label", say(language, "desk.notice"));
  return group(say(language, "desk.notice"), "column",
    make("div", { class: "own-words" }, fixed,
      choice(say(language, "desk.notice.go"), () => send(fixed.value as NoticeKind, null))),
    make("small", {}, say(language, "desk.notice.text")), form);
}

function slip(language: string, { commands, message, view }: Context, ticket: string, number: string): HTMLElement {
  const place = make("div", { class: "qr" });
  const printers = view().data.devices.filter(device => device.kind === "ticket-printer");
  return group(say(language, "desk.slip"), "column", make("div", { class: "slip" },
    make("div", {},
      ...printers.map(({ id }) => choice(say(language, printers.length === 1 ? "desk.slip.print" : "desk.slip.print-on", { printer: id }),
        () => void commands.slip(ticket, id).then(taken => taken !== null
          && message.say(say(language, taken.printing ? "desk.slip.printing" : "desk.slip.cannot", { number }),
            taken.printing ? "good" : "bad")))),
      choice(say(language, "desk.slip.qr"), () => void commands.slip(ticket, null).then(taken => {
        if (taken !== null) {
          place.replaceChildren(taken.qrPath === null ? say(language, "desk.slip.no-address")
            : make("img", { src: taken.qrPath, width: "130", height: "130", alt: say(language, "desk.slip.qr.alt", { number }) }));
        }
      }))),
    place));
}
