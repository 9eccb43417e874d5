// Which services give tickets now. What stopped by itself is told apart from what a clerk stopped.

import { make, need, set, write } from "../../shared/dom.js";
import { pick, say } from "../../shared/texts.js";
import type { Panel } from "./panel.js";

export const services: Panel = {
  ofVisit: false,
  title: ({ language }) => say(language, "desk.services.title"),
  build: ({ data, language }, { wishes, seen }) => [make("ul", { class: "services" }, ...data.services.map(service => {
    const button = make("button", { type: "button", class: "choice" }, make("b"));
    button.addEventListener("click", () => void wishes.ofService(service.id, seen().data.stopped.some(stop => stop.service === service.id) ? "release" : "stop"));
    return make("li", { "data-service": service.id }, make("span", {}, pick(service.name, language)), make("small"), button);
  }))],
  update: (body, { data, language }) => {
    for (const row of body.querySelectorAll<HTMLElement>("[data-service]")) {
      const stop = data.stopped.find(stop => stop.service === row.dataset["service"]);
      set(row, "data-state", stop?.kind ?? "running");
      write(need("small", row), say(language, `desk.services.${stop?.kind ?? "running"}`));
      write(need("b", row), say(language, stop === undefined ? "desk.services.stop" : "desk.services.release"));
      // Eight equal buttons in a row say nothing to who cannot see them beside their names.
      set(need("button", row), "aria-label", `${need("span", row).textContent}: ${need("b", row).textContent}`);
    }
  },
};
