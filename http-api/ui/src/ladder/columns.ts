import type { Column } from '../api/types';
import { host } from '../wire/name';
import type { Drawn } from './geometry';

/** What a column is one of: the host's name, or its address without a port. */
export function hostOf(column: Column): string {
  return column.name && column.name !== column.address ? column.name : host(column.address);
}

/** Whether a column is one port of its host. */
function isPort(column: Column): boolean {
  return host(column.address) !== column.address && /:\d+$/.test(column.address);
}

/**
 * The ladder with some hosts turned round: one that was one column has a column for each of its endpoints, one whose
 * ports were told apart is one column. In the order of first sight, as before.
 */
export function regrouped(ladder: Drawn, turned: ReadonlySet<string>): Drawn {
  if (turned.size === 0) return ladder;
  const columns: Column[] = [];
  const indexes = new Map<string, number>();
  const place = (old: number, endpoint: string): number => {
    const column = ladder.columns[old];
    if (!column) return 0;
    const of = hostOf(column);
    const [key, made] = !turned.has(of)
      ? [`column ${old}`, column]
      : isPort(column)
        ? [`host ${of}`, { ...column, address: host(column.address), addresses: [] }]
        : [`end ${of} ${endpoint}`, { ...column, address: endpoint, addresses: [] }];
    let index = indexes.get(key);
    if (index === undefined) {
      index = columns.push({ ...made, addresses: [...(made.addresses ?? [])] }) - 1;
      if (made.name === column.address) columns[index] = { ...made, name: made.address };
      indexes.set(key, index);
    }
    return index;
  };
  const arrows = ladder.arrows.map((arrow) => ({
    ...arrow,
    from: place(arrow.from, arrow.source),
    to: place(arrow.to, arrow.destination),
  }));
  return { columns, arrows };
}

/** `*` is every host. */
export function turnedHosts(asked: string[], columns: Column[]): ReadonlySet<string> {
  return new Set(asked.includes('*') ? columns.map(hostOf) : asked);
}

/** What is asked once one more host is turned, or turned back. */
export function turning(asked: string[], one: string, columns: Column[]): string[] {
  const turned = new Set(turnedHosts(asked, columns));
  if (!turned.delete(one)) turned.add(one);
  return [...turned];
}
