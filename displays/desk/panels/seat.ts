// The clerk's own seat: which services to call here, and leaving it.

import { make, set } from "../../shared/dom.js";
import { pick, say } from "../../shared/texts.js";
import { keepProfile, leaveCounter } from "../session.js";
import type { Panel } from "./panel.js";
import { choice, group } from "./pieces.js";

export const seat: Panel = {
  ofVisit: false,
  title: ({ language }) => say(language, "desk.seat.title"),
  build: ({ data, language }, { wishes, close }) => {
    const profiles = [{ id: "", words: say(language, "desk.seat.profile.none") }, ...data.profiles.map(({ id, name }) => ({ id, words: pick(name, language) }))];
    const change = make("a", { class: "choice", href: "/desk/" }, make("b", {}, say(language, "desk.seat.change")));
    const leave = choice(say(language, "desk.seat.leave"), () => void wishes.atCounter("close").then(closed => closed && leaveCounter()), say(language, "desk.seat.busy"));
    leave.dataset["leave"] = "";
    return [make("div", { class: "columns" },
      group(say(language, "desk.seat.profile"), "column profiles", ...profiles.map(({ id, words }) => {
        const button = choice(words, () => {
          keepProfile(id || null);
          close();
          void wishes.atCounter("log-in", { profile: id || null });
        });
        button.dataset["profile"] = id;
        return button;
      })),
      make("div", { class: "column" }, leave, change))];
  },
  update: (body, { data, model }) => {
    for (const button of body.querySelectorAll<HTMLElement>("[data-profile]")) {
      set(button, "aria-pressed", String(model.own?.clerk === data.clerk && (model.own.profile ?? "") === button.dataset["profile"]));
    }
    for (const button of body.querySelectorAll<HTMLElement>("[data-leave]")) {
      const may = model.ticket === null && model.own?.open === true;
      set(button, "aria-disabled", String(!may));
      button.querySelector("small")?.toggleAttribute("hidden", model.ticket === null);
    }
  },
};
