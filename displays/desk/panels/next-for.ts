// Calls the next ticket of one service, also of one that this counter does not list.

import { make } from "../../shared/dom.js";
import { count, pick, say } from "../../shared/texts.js";
import { isHeld, usable, type View } from "../model.js";
import { choice, type Panel } from "./pieces.js";

export const nextFor: Panel = {
  ofVisit: false,
  title: ({ language }) => say(language, "desk.next-for.title"),
  build: (view, { commands, close, view: present }) => {
    const { data, language } = view;
    const further = data.targets.filter(target => !target.own).flatMap(target => target.services).filter(service => service.mine);
    const list = make("div", { class: "choices grid" }, ...[...data.services, ...further].map(service => {
      const button = choice(pick(service.name, language), () => {
        if (button.getAttribute("aria-disabled") === "false" && usable(present())) {
          close();
          void commands.atCounter("call-next", { service: service.id });
        }
      }, "");
      button.dataset["service"] = service.id;
      return button;
    }));
    return [make("p", { class: "lead" }), list];
  },
  update: (body, view) => {
    const why = whyNot(view);
    body.querySelector(".lead")?.replaceChildren(say(view.language, why ?? (view.model.mode === "serving" ? "desk.next-for.finishes"
      : "desk.next-for.text"), { number: view.model.ticket?.number ?? "" }));
    for (const button of body.querySelectorAll<HTMLElement>("[data-service]")) {
      const waiting = [...view.data.tickets, ...view.data.further].filter(ticket => ticket.state === "waiting" && !isHeld(ticket)
        && ticket.service === button.dataset["service"]).length;
      button.setAttribute("aria-disabled", String(why !== null || waiting === 0 || !usable(view)));
      button.querySelector("small")?.replaceChildren(count(view.language, "desk.next-for.waiting", waiting));
    }
  },
};

/** A called citizen who never arrived: first the clerk says what became of that one. */
function whyNot({ model: { mode } }: View): "desk.next-for.called" | "desk.row.away" | null {
  return mode === "called" ? "desk.next-for.called" : mode === "away" || mode === "ended" ? "desk.row.away" : null;
}
