// A screen's token for the hub: it comes once in the address (#token=...), and the browser keeps it.

/** Takes a token out of the address bar, so that it is neither seen on the wall nor kept in a history. */
export function takeToken(name: string): string | null {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given !== null && given !== "") {
    keepToken(name, given);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return localStorage.getItem(name);
}

export function keepToken(name: string, token: string): void {
  localStorage.setItem(name, token);
}
