import type { Dialog } from '../api/types';
import type { IconName } from '../app/Icon.svelte';
import { ladderLink } from '../app/route';
import type { Saved } from '../dialogs/saved';

export interface Item {
  id: string;
  icon: IconName;
  text: string;
  /** Whether the text was copied from the wire. */
  wire?: boolean;
  /** What is said at the right: a key, or a dialog's outcome. */
  hint?: string;
  hintIsKey?: boolean;
  dialog?: Dialog;
  does: () => void;
}

export interface Group {
  name: string;
  items: Item[];
}

/** Whether each word that was typed begins a word of a text. */
export function fits(typed: string, text: string): boolean {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return typed
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .every((start) => words.some((word) => word.startsWith(start)));
}

/** Queries that find a dialog by what people have of it: its Call-ID, or a number or name. */
export function searches(typed: string, limit: number): string[] {
  const query = typed.trim();
  if (query.length < MIN_QUERY) return [];
  return ['call-id', 'user', 'text'].map((name) => `?${new URLSearchParams({ [name]: query, limit: String(limit) })}`);
}

/** One letter would find everything. */
const MIN_QUERY = 2;

/** The dialogs that several searches found, each once, those of the narrower searches first. */
export function merge(found: Dialog[][], limit: number): Dialog[] {
  const byKey = new Map<string, Dialog>();
  for (const dialog of found.flat()) if (!byKey.has(dialog.key)) byKey.set(dialog.key, dialog);
  return [...byKey.values()].slice(0, limit);
}

export function dialogItem(dialog: Dialog, go: (to: string) => void): Item {
  return {
    id: `dialog ${dialog.key}`,
    icon: 'dialogs',
    text: dialog.callId || dialog.key,
    wire: true,
    dialog,
    does: () => go(ladderLink(dialog.key)),
  };
}

export function savedItem(saved: Saved, go: (to: string) => void): Item {
  return { id: `saved ${saved.name}`, icon: 'link', text: saved.name, hint: saved.search, does: () => go(`/${saved.search}`) };
}

/** What can be done with just what was typed. */
export function typedItems(typed: string, go: (to: string) => void): Item[] {
  const query = typed.trim();
  if (query === '') return [];
  const search = new URLSearchParams({ text: query });
  return [
    { id: 'typed live', icon: 'live', text: `Filter live packets to “${query}”`, does: () => go(`/live?${search}`) },
    { id: 'typed dialogs', icon: 'search', text: `Search dialogs for “${query}”`, does: () => go(`/?${search}`) },
    {
      id: 'typed statistics',
      icon: 'statistics',
      text: `Find “${query}” among the statistics`,
      does: () => go(`/statistics?${new URLSearchParams({ find: query })}`),
    },
  ];
}

/** The place after a step up or down, round and round. */
export function stepped(at: number, by: number, count: number): number {
  return count === 0 ? 0 : (at + by + count) % count;
}
