// A screen's right to speak with the hub: brought once in the address (#token=...), kept by the browser.

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

export function forgetToken(name: string): void {
  localStorage.removeItem(name);
}
