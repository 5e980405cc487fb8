/** A search that somebody gave a name. */
export interface Saved {
  name: string;
  /** `?method=INVITE&status=5xx`, without what belongs to one visit. */
  search: string;
}

const KEY = 'saved-searches';
const MOST = 50;
const MAX_NAME = 60;

/** What was saved in this browser; what cannot be read there counts as nothing. */
export function saved(store: Pick<Storage, 'getItem'>): Saved[] {
  try {
    const read: unknown = JSON.parse(store.getItem(KEY) ?? '[]');
    return Array.isArray(read) ? read.filter(isSaved).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** Adds a search at the top; one of the same name is replaced. */
export function save(store: Storage, added: Saved): Saved[] {
  const name = added.name.trim().slice(0, MAX_NAME);
  const list = [{ ...added, name }, ...saved(store).filter((other) => other.name !== name)].slice(0, MOST);
  store.setItem(KEY, JSON.stringify(list));
  return list;
}

export function forget(store: Storage, name: string): Saved[] {
  const list = saved(store).filter((other) => other.name !== name);
  store.setItem(KEY, JSON.stringify(list));
  return list;
}

function isSaved(value: unknown): value is Saved {
  const { name, search } = (value ?? {}) as Partial<Record<keyof Saved, unknown>>;
  return typeof name === 'string' && typeof search === 'string' && (search === '' || search.startsWith('?'));
}
