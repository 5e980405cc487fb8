/** Above this many comparisons things are paired by their order: nobody reads such a difference. */
const MOST_COMPARISONS = 250_000;

/** A pair of things that belong together; null where one has nothing beside it. */
export type Pair<T> = [T, T] | [T, null] | [null, T];

/**
 * Two sequences side by side: what is equal in both stays together (longest common subsequence), what stands between
 * is paired in its order.
 */
export function align<T>(left: T[], right: T[], equal: (a: T, b: T) => boolean): Pair<T>[] {
  const pairs: Pair<T>[] = [];
  let l = 0;
  let r = 0;
  for (const [atLeft, atRight] of [...common(left, right, equal), [left.length, right.length] as const]) {
    while (l < atLeft || r < atRight) {
      const a = l < atLeft ? (left[l++] as T) : null;
      const b = r < atRight ? (right[r++] as T) : null;
      pairs.push([a, b] as Pair<T>);
    }
    if (l < left.length && r < right.length) pairs.push([left[l++] as T, right[r++] as T]);
  }
  return pairs;
}

/** Places of what is in both, in order. */
function common<T>(left: T[], right: T[], equal: (a: T, b: T) => boolean): (readonly [number, number])[] {
  if (left.length * right.length > MOST_COMPARISONS) return [];
  const wide = right.length + 1;
  const lengths = new Uint32Array((left.length + 1) * wide);
  const length = (l: number, r: number) => lengths[l * wide + r] ?? 0;
  for (let l = left.length - 1; l >= 0; l--)
    for (let r = right.length - 1; r >= 0; r--)
      lengths[l * wide + r] = equal(left[l] as T, right[r] as T)
        ? length(l + 1, r + 1) + 1
        : Math.max(length(l + 1, r), length(l, r + 1));
  const places: (readonly [number, number])[] = [];
  for (let l = 0, r = 0; l < left.length && r < right.length; ) {
    if (equal(left[l] as T, right[r] as T)) places.push([l++, r++]);
    else if (length(l + 1, r) >= length(l, r + 1)) l++;
    else r++;
  }
  return places;
}
