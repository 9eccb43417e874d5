// German: the board.

export const board = {
  "board.title": "Aufrufanzeige",
  "board.preview": "Vorschau – erfundene Aufrufe",
  "board.hero.now": "Jetzt aufgerufen",
  "board.hero.old": "Zuletzt bekannt um {time}",
  "board.announce": "{number}, Schalter {counter}",
  "board.announce.again": "{number}, Schalter {counter}, Aufruf {times}",
  "board.rows": "Weitere Aufrufe",
  "board.waiting.one": "{n} wartet",
  "board.waiting.other": "{n} warten",
  "board.quiet.title": "Gleich geht es weiter",
  "board.quiet.text": "Bitte nehmen Sie Platz. Ihre Nummer erscheint hier.",
  "board.welcome.title": "Willkommen",
  "board.welcome.text": "Bitte ziehen Sie am Automaten eine Nummer. Ihr Aufruf erscheint hier.",
  "board.stale.since": "Anzeige nicht aktuell – Stand {time} Uhr",
  "board.stale.never": "Anzeige nicht aktuell – noch keine Verbindung",
  "board.stale.advice": "Bitte achten Sie auf den Aufruf durch das Personal.",
  "board.asOf": "Stand {time}",
  "board.sound": "Ton einschalten",
  "board.refused.title": "Diese Anzeige ist nicht angemeldet",
  "board.refused.text": "Bitte wenden Sie sich an die Information. Das Personal meldet die Anzeige in der Verwaltung neu an.",
};
