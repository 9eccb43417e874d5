// The top of the desk: whose counter, how the connection and the devices are, what time it is.

import type { TimeFormats } from "../shared/clock.js";
import { need, write } from "../shared/dom.js";
import type { DeskDevice, DeskSnapshot } from "../shared/messages.js";
import { pick, say, type Key } from "../shared/texts.js";
import type { Model } from "./model.js";

const printerTroubles: ReadonlySet<string> = new Set(["near-end", "paper-out", "cover-open", "cutter-error", "disconnected"]);

export function showHeader(data: DeskSnapshot, model: Model, language: string, formats: TimeFormats, serverNow: number, offlineSince: number | null): void {
  write(need("#own-counter"), say(language, "desk.own", { counter: model.own?.label ?? data.counter }));
  write(need("#office"), `${pick(data.office, language)} · ${pick(data.area, language)}`);
  write(need("#time"), formats.time(serverNow));
  const troubles = data.devices.map(device => trouble(device, language)).filter(words => words !== null);
  const devices = troubles.length > 0 ? troubles : [...new Set(data.devices.filter(device => device.presence === "ready").map(device => say(language, `desk.device.${device.kind}`)))];
  const state = offlineSince !== null ? say(language, "desk.offline", { time: formats.time(offlineSince) }) : [say(language, "desk.connected"), ...devices].join(" · ");
  write(need("#connection-text"), state);
  need("#connection").dataset["state"] = offlineSince !== null ? "offline" : troubles.length > 0 ? "trouble" : "good";
}

/** What is wrong with a device, in words; null when nothing is. */
function trouble(device: DeskDevice, language: string): string | null {
  const name = say(language, `desk.device.${device.kind}`);
  if (device.presence !== "ready") {
    return say(language, "desk.device.lost", { device: name });
  }
  return device.printer !== null && printerTroubles.has(device.printer)
    ? say(language, "desk.device.trouble", { device: name, condition: say(language, `desk.printer.${device.printer}` as Key) })
    : null;
}
