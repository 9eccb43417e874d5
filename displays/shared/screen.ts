const key = "aufruf.screen";

/** The hub knows each screen by this name; it stays the same when the page connects or loads again. */
export function screenName(): string {
  const known = sessionStorage.getItem(key) ?? Math.random().toString(36).slice(2);
  sessionStorage.setItem(key, known);
  return known;
}
