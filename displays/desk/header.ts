// The top of the desk: counter, clerk, connection, devices and time.

import { need, set, show, write } from "../shared/dom.js";
import { count, pick, say } from "../shared/texts.js";
import type { View } from "./model.js";
import { standingTroubles } from "./troubles.js";

export function showHeader(view: View): void {
  const { data, model, language, formats, now } = view;
  const profile = data.profiles.find(profile => profile.id === model.own?.profile);
  const words = [data.clerk, ...(profile === undefined ? [] : [pick(profile.name, language)]), pick(data.office, language),
    pick(data.area, language)].join(" · ");
  write(need("#own-counter"), say(language, "desk.own", { counter: model.own?.label ?? data.counter }));
  write(need("#office"), words);
  write(need("#time"), formats.time(now));
  showConnection(view);
  show(need("#appointments"), data.appointments !== null);
  write(need("#appointments-text"), data.appointments === null ? "" : data.appointments.expected === 0 ? say(language, "desk.appointments")
    : say(language, "desk.appointments.expected", { n: data.appointments.expected }));
  write(need("#services-text"), data.stopped.length === 0 ? say(language, "desk.services")
    : count(language, "desk.services.stopped", data.stopped.length));
}

function showConnection(view: View): void {
  const { data, language, formats, offlineSince } = view;
  const troubles = standingTroubles(view);
  const ready = new Set(data.devices.filter(device => device.presence === "ready")
    .map(device => say(language, `desk.device.${device.kind}`)));
  const words = offlineSince !== null ? say(language, "desk.offline", { time: formats.time(offlineSince) })
    : troubles.length > 1 ? count(language, "desk.troubles.count", troubles.length)
    : troubles[0] ?? [say(language, "desk.connected"), ...ready].join(" · ");
  write(need("#connection-text"), words);
  set(need("#connection"), "title", words);
  set(need("#connection"), "data-state", offlineSince !== null ? "offline" : troubles.length > 0 ? "trouble" : "good");
}
