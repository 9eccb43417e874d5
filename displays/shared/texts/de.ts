// German, and the list of all keys. One file per screen.

import { board } from "./de/board.js";
import { common } from "./de/common.js";
import { desk } from "./de/desk.js";
import { deskAppointments } from "./de/desk-appointments.js";
import { deskCitizen } from "./de/desk-citizen.js";
import { deskList } from "./de/desk-list.js";
import { deskPanels } from "./de/desk-panels.js";
import { kiosk } from "./de/kiosk.js";
import { ticket } from "./de/ticket.js";

export const de = {
  ...common, ...board, ...desk, ...deskAppointments, ...deskCitizen, ...deskList, ...deskPanels, ...kiosk, ...ticket,
};
