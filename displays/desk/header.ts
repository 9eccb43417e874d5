// The top of the desk: counter, clerk, connection, devices and time.

import { need, set, write } from "../shared/dom.js";
import type { DeskDevice } from "../shared/messages.js";
import { count, pick, say, type Key } from "../shared/texts.js";
import type { View } from "./model.js";

const printerTroubles: ReadonlySet<string> = new Set(["near-end", "paper-out", "cover-open", "cutter-error", "disconnected"]);

export function showHeader(view: View): void {
  const { data, model, language, formats, now } = view;
  const profile = data.profiles.find(profile => profile.id === model.own?.profile);
  const words = [data.clerk, ...(profile === undefined ? [] : [pick(profile.name, language)]), pick(data.office, language),
    pick(data.area, language)].join(" · ");
  write(need("#own-counter"), say(language, "desk.own", { counter: model.own?.label ?? data.counter }));
  write(need("#office"), words);
  write(need("#time"), formats.time(now));
  showConnection(view);
  write(need("#services-text"), data.stopped.length === 0 ? say(language, "desk.services")
    : count(language, "desk.services.stopped", data.stopped.length));
}

function showConnection({ data, language, formats, offlineSince }: View): void {
  const troubles = [
    ...(data.silentBoards.length === 0 ? [] : [say(language, "desk.boards.silent", { boards: data.silentBoards.join(", ") })]),
    ...troubleWords(data.devices, language),
  ];
  const ready = new Set(data.devices.filter(device => device.presence === "ready")
    .map(device => say(language, `desk.device.${device.kind}`)));
  const words = offlineSince !== null ? say(language, "desk.offline", { time: formats.time(offlineSince) })
    : troubles.length > 0 ? troubles.join(" · ")
    : [say(language, "desk.connected"), ...ready].join(" · ");
  write(need("#connection-text"), words);
  set(need("#connection"), "title", words);
  set(need("#connection"), "data-state", offlineSince !== null ? "offline" : troubles.length > 0 ? "trouble" : "good");
}

/** The faults of devices in few words. Devices that cannot be reached are named together. */
function troubleWords(devices: readonly DeskDevice[], language: string): string[] {
  const name = (device: DeskDevice): string => say(language, `desk.device.${device.kind}`);
  const twice = new Set(devices.filter(device => device.presence === "twice").map(name));
  const lost = new Set(devices.filter(device => device.presence !== "ready" && device.presence !== "twice").map(name));
  return [
    ...(twice.size === 0 ? [] : [say(language, "desk.device.twice", { device: [...twice].join(", ") })]),
    ...(lost.size === 0 ? [] : [say(language, "desk.device.lost", { device: [...lost].join(", ") })]),
    ...devices.filter(device => device.presence === "ready" && device.printer !== null && printerTroubles.has(device.printer))
      .map(device => say(language, "desk.device.trouble",
        { device: name(device), condition: say(language, `desk.printer.${device.printer}` as Key) })),
  ];
}
