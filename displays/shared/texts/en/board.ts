// English: the board.

import type { board as de } from "../de/board.js";

export const board: Record<keyof typeof de, string> = {
  "board.title": "Call board",
  "board.preview": "Preview – invented calls",
  "board.preview.again": "Load again",
  "board.hero.now": "Now calling",
  "board.hero.old": "Last known at {time}",
  "board.announce": "{number}, counter {counter}",
  "board.announce.again": "{number}, counter {counter}, call {times}",
  "board.rows": "Other calls",
  "board.waiting.one": "{n} waiting",
  "board.waiting.other": "{n} waiting",
  "board.quiet.title": "More calls shortly",
  "board.quiet.text": "Please take a seat. Your number will appear here.",
  "board.welcome.title": "Welcome",
  "board.welcome.text": "Please take a number at the kiosk. Your call will appear here.",
  "board.stale.since": "Display out of date – as of {time}",
  "board.stale.never": "Display out of date – not connected yet",
  "board.stale.area": "{area}: not up to date – as of {time}",
  "board.stale.area.never": "{area}: no data yet",
  "board.stale.advice": "Please listen for the calls of the staff.",
  "board.asOf": "As of {time}",
  "board.sound": "Turn sound on",
  "board.refused.title": "This display is not signed in",
  "board.refused.text": "Please ask at the information desk. Staff can register the display again in the administration.",
};
