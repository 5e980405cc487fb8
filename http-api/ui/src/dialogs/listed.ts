/** The dialogs of the list that was last on screen, so that a ladder knows its neighbours. */
let keys: readonly string[] = [];

export function list(shown: readonly string[]): void {
  keys = shown;
}

/** The neighbour a number of rows further down the list; null when there is none. */
export function neighbour(key: string, rows: number): string | null {
  const at = keys.indexOf(key);
  return at < 0 ? null : (keys[at + rows] ?? null);
}
