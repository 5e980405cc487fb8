/** Lets the focus follow a selection that keys moved, if it was among the rows; it is never taken from elsewhere. */
export function focusFollows(rows: Element, selected: string): void {
  if (!rows.contains(document.activeElement)) return;
  const row = rows.querySelector<HTMLElement | SVGElement>(selected);
  if (row && row !== document.activeElement) row.focus({ preventScroll: true });
}
