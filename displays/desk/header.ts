// The top of the desk: whose counter, what the clerk does, how connection and devices are, what time it is.

import { need, set, write } from "../shared/dom.js";
import type { DeskDevice, Presence } from "../shared/messages.js";
import { count, pick, say, type Key } from "../shared/texts.js";
import { usable, type Seen } from "./seen.js";

export const presences: readonly Presence[] = ["ready", "pause-after", "pause"];
const printerTroubles: ReadonlySet<string> = new Set(["near-end", "paper-out", "cover-open", "cutter-error", "disconnected"]);

export function showHeader(seen: Seen): void {
  const { data, model, language, formats, now } = seen;
  const profile = data.profiles.find(profile => profile.id === model.own?.profile);
  const who = [data.clerk, ...(profile === undefined ? [] : [pick(profile.name, language)]), pick(data.office, language), pick(data.area, language)].join(" · ");
  write(need("#own-counter"), say(language, "desk.own", { counter: model.own?.label ?? data.counter }));
  write(need("#office"), who);
  write(need("#time"), formats.time(now));
  showPresence(seen);
  showConnection(seen);
  write(need("#services-text"), data.stopped.length === 0 ? say(language, "desk.services") : count(language, "desk.services.stopped", data.stopped.length));
}

function showPresence(seen: Seen): void {
  const { mode, own } = seen.model;
  const here = mode !== "away" && mode !== "ended" && own?.open === true;
  for (const presence of presences) {
    set(need(`#presence-${presence}`), "aria-pressed", String(here && own.presence === presence));
    set(need(`#presence-${presence}`), "aria-disabled", String(!usable(seen) || !here));
  }
}

function showConnection({ data, language, formats, offlineSince }: Seen): void {
  const troubles = troubleWords(data.devices, language);
  const ready = new Set(data.devices.filter(device => device.presence === "ready").map(device => say(language, `desk.device.${device.kind}`)));
  const words = offlineSince !== null ? say(language, "desk.offline", { time: formats.time(offlineSince) })
    : troubles.length > 0 ? troubles.join(" · ")
    : [say(language, "desk.connected"), ...ready].join(" · ");
  write(need("#connection-text"), words);
  set(need("#connection"), "title", words);
  set(need("#connection"), "data-state", offlineSince !== null ? "offline" : troubles.length > 0 ? "trouble" : "good");
}

/** What is wrong with devices, in few words: those that cannot be reached are named together. */
function troubleWords(devices: readonly DeskDevice[], language: string): string[] {
  const name = (device: DeskDevice): string => say(language, `desk.device.${device.kind}`);
  const lost = new Set(devices.filter(device => device.presence !== "ready").map(name));
  return [
    ...(lost.size === 0 ? [] : [say(language, "desk.device.lost", { device: [...lost].join(", ") })]),
    ...devices.filter(device => device.presence === "ready" && device.printer !== null && printerTroubles.has(device.printer))
      .map(device => say(language, "desk.device.trouble", { device: name(device), condition: say(language, `desk.printer.${device.printer}` as Key) })),
  ];
}
