import type { Column } from '../api/types';

/** Addresses with all that could belong to them, so that no part of a longer one is taken for another. */
const ADDRESS = /[0-9a-f:.]*[0-9a-f]/gi;

/** A sentence about hosts, with the names they have above their lanes instead of their addresses. */
export function withNames(sentence: string, columns: Column[]): string {
  const names = new Map(
    columns.flatMap(({ address, name, addresses }) =>
      name && name !== address ? [address, ...(addresses ?? [])].map((each) => [each, name] as const) : [],
    ),
  );
  return names.size === 0 ? sentence : sentence.replace(ADDRESS, (address) => names.get(address) ?? address);
}
