// English. A key that is missing does not compile.

import type { de } from "./de.js";
import { board } from "./en/board.js";
import { common } from "./en/common.js";
import { desk } from "./en/desk.js";
import { deskAppointments } from "./en/desk-appointments.js";
import { deskCitizen } from "./en/desk-citizen.js";
import { deskList } from "./en/desk-list.js";
import { deskPanels } from "./en/desk-panels.js";
import { kiosk } from "./en/kiosk.js";
import { ticket } from "./en/ticket.js";

export const en: Record<keyof typeof de, string> = {
  ...common, ...board, ...desk, ...deskAppointments, ...deskCitizen, ...deskList, ...deskPanels, ...kiosk, ...ticket,
};
