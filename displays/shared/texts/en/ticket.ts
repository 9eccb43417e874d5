// English: the ticket's page.

import type { ticket as de } from "../de/ticket.js";

export const ticket: Record<keyof typeof de, string> = {
  "ticket.waiting": "You are waiting",
  "ticket.called": "It is your turn",
  "ticket.serving": "You are being served",
  "ticket.served": "Finished",
  "ticket.missed": "Call missed",
  "ticket.parked": "Please wait",
  "ticket.pickup": "Your document is being prepared",
  "ticket.transferred": "Transferred",
  "ticket.cancelled": "Cancelled",
  "ticket.expired": "Expired",
  "ticket.coming": "You are not here yet",
  "ticket.lapsed": "Number lost",
  "ticket.waiting.text": "This page updates by itself. You are welcome to wait nearby.",
  "ticket.called.text": "Please go to counter {counter} now.",
  "ticket.called.again": "Please go to counter {counter} now. This is call number {times}.",
  "ticket.serving.text": "Counter {counter}",
  "ticket.served.text": "Thank you for your visit.",
  "ticket.missed.text": "Your number was called. Please ask at the information desk or take a new number.",
  "ticket.parked.text": "Your visit is interrupted and will go on later. Please stay nearby.",
  "ticket.pickup.text": "You will be called once more when you can collect it.",
  "ticket.transferred.text": "Your visit continues in another waiting area with the same number. Please follow the staff’s directions.",
  "ticket.cancelled.text": "Your number will not be called any more. If this is a mistake, please ask at the information desk.",
  "ticket.expired.text": "The day is over, this number is no longer valid. Please come again another day.",
  "ticket.coming.text":
    "Your place in the line is kept. You are called only when you are here. Please check in here by {time}, or the number is lost.",
  "ticket.lapsed.text":
    "You did not check in by {time}. This number is no longer called. Please take a new one or ask at the information desk.",
  "ticket.coming.wait": "Anybody who comes now waits {wait}.",
  "ticket.wait": "Wait {wait}",
  "ticket.not-before": "You will not be called before {time}.",
  "ticket.ahead.none": "You are next",
  "ticket.ahead.one": "{n} person ahead of you",
  "ticket.ahead.other": "{n} people ahead of you",
  "ticket.live": "Live – as of {time}",
  "ticket.stale": "Not up to date – as of {time}. Please watch the board in the waiting area.",
  "ticket.alert.on": "Turn on sound and vibration",
  "ticket.alert.off": "Sound and vibration are on",
  "ticket.called.title": "{number}: counter {counter}",
};
