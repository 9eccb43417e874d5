// Goes on with another service of the same visit; what the citizen asked for stands first.

import { make } from "../../shared/dom.js";
import { pick, say } from "../../shared/texts.js";
import type { Panel } from "./panel.js";
import { choice } from "./pieces.js";

export const switching: Panel = {
  ofVisit: true,
  title: ({ language, model }) => say(language, "desk.switch.title", { number: model.ticket?.number ?? "" }),
  build: ({ data, model, language }, { wishes, close }) => {
    const also = model.ticket?.also ?? [];
    const services = data.services.filter(service => service.id !== model.ticket?.service)
      .sort((a, b) => Number(also.includes(b.id)) - Number(also.includes(a.id)));
    return [make("div", { class: "choices grid" }, ...services.map(service => choice(pick(service.name, language), () => {
      close();
      void wishes.atCounter("switch-service", { service: service.id });
    }, also.includes(service.id) ? say(language, "desk.switch.wanted") : undefined)))];
  },
};
