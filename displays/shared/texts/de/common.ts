// German: words that several screens use.

export const common = {
  "counter": "Schalter",
  "language.name": "Deutsch",

  "wait.soon": "unter {to} min",
  "wait.about": "ca. {to} min",
  "wait.range": "ca. {from}–{to} min",
  "wait.least": "mindestens {from} min",
  "arrow.left": "nach links",
  "arrow.right": "nach rechts",
  "arrow.up": "geradeaus",
  "arrow.down": "zurück",
  "arrow.up-left": "schräg links",
  "arrow.up-right": "schräg rechts",
  "arrow.down-left": "links zurück",
  "arrow.down-right": "rechts zurück",
  "arrow.upstairs": "Treppe hinauf",
  "arrow.downstairs": "Treppe hinunter",
};
