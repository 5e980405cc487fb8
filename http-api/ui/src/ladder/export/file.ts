/** Names of files are no longer than this on any system, with room for an ending. */
const LONGEST = 120;

/** A name that every system takes: what strangers wrote chooses no path and no ending. */
export function fileName(callId: string, ending: string): string {
  const plain = callId
    .replace(/[^A-Za-z0-9@._-]+/g, '_')
    .replace(/^[._]+/, '')
    .slice(0, LONGEST);
  return `${plain || 'ladder'}.${ending}`;
}

/** Hands a file to the browser, to be saved. */
export function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has opened it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
