/** Control characters as pictures of themselves: they would move or hide what is beside them. Line ends and tabs stay. */
export function plain(told: string): string {
  return told.replace(/[\0-\x08\x0b-\x1f\x7f]/g, (control) =>
    control === '\x7f' ? '\u2421' : String.fromCharCode(0x2400 + control.charCodeAt(0)),
  );
}
