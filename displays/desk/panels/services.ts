// The services that give tickets now. An automatic stop differs from a clerk's stop.

import { make, need, set, write } from "../../shared/dom.js";
import { pick, say } from "../../shared/texts.js";
import type { Panel } from "./pieces.js";

export const services: Panel = {
  ofVisit: false,
  title: ({ language }) => say(language, "desk.services.title"),
  build: ({ data, language }, { commands, view }) => [make("ul", { class: "services" }, ...data.services.map(service => {
    const button = make("button", { type: "button", class: "choice" }, make("b"));
    button.addEventListener("click", () => {
      const isStopped = view().data.stopped.some(stop => stop.service === service.id);
      void commands.ofService(service.id, isStopped ? "release" : "stop");
    });
    return make("li", { "data-service": service.id }, make("span", {}, pick(service.name, language)), make("small"), button);
  }))],
  update: (body, { data, language }) => {
    for (const row of body.querySelectorAll<HTMLElement>("[data-service]")) {
      const stop = data.stopped.find(stop => stop.service === row.dataset["service"]);
      set(row, "data-state", stop?.kind ?? "running");
      write(need("small", row), say(language, `desk.services.${stop?.kind ?? "running"}`));
      write(need("b", row), say(language, stop === undefined ? "desk.services.stop" : "desk.services.release"));
      // For people who do not see the button beside the service's name.
      set(need("button", row), "aria-label", `${need("span", row).textContent}: ${need("b", row).textContent}`);
    }
  },
};
