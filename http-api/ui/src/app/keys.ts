/** What keys do. The last ones bound are asked first, so that a page speaks before the frame around it. */
export type Bindings = Record<string, () => void>;

const bound: Bindings[] = [];
const SEQUENCE_TIME = 1000;
const OFF = 'single-keys-off';
const SAME: Record<string, string> = { ArrowDown: 'j', ArrowUp: 'k' };

let started: { key: string; at: number } | null = null;

/** Binds keys until the answer is called; made to be the body of an effect. */
export function keys(bindings: Bindings): () => void {
  bound.push(bindings);
  return () => {
    bound.splice(bound.indexOf(bindings), 1);
  };
}

export function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!singleKeys() && event.key.length === 1) return;
  const target = event.target as Element;
  if (target.closest('input:not([type=checkbox]), textarea, select, [contenteditable], dialog[open]')) return;
  if (document.querySelector('dialog[open]')) return;
  // Enter and Space on a control are the control's, unless it leaves them to the page.
  const control = target.closest('button, a, summary, input');
  if ((event.key === 'Enter' || event.key === ' ') && control && !control.hasAttribute('data-page-keys')) return;
  const single = SAME[event.key] ?? event.key;
  const key = started && event.timeStamp - started.at < SEQUENCE_TIME ? `${started.key} ${single}` : single;
  started = null;
  const action = find(key);
  if (action) {
    event.preventDefault();
    action();
  } else if (bound.some((bindings) => Object.keys(bindings).some((name) => name.startsWith(`${key} `)))) {
    started = { key, at: event.timeStamp };
  }
}

/** Does what a key would do; false when nothing on this page would. */
export function perform(key: string): boolean {
  const action = find(key);
  action?.();
  return action !== undefined;
}

/** Whether a key would do something on this page. */
export function isBound(key: string): boolean {
  return find(key) !== undefined;
}

function find(key: string): (() => void) | undefined {
  return bound.findLast((bindings) => Object.hasOwn(bindings, key))?.[key];
}

/** Single keys can be switched off for those who dictate or brush keys by accident (WCAG 2.1.4). */
export function singleKeys(): boolean {
  return localStorage.getItem(OFF) === null;
}

export function setSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, 'off');
}
