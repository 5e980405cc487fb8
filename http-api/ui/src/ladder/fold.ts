import type { Arrow } from '../api/types';
import { idOf } from './geometry';
import { likenessOf } from './kin';

export interface Group {
  fold: string | null;
  arrows: [Arrow, ...Arrow[]];
}

/** Runs of retransmissions become one group for each of their messages; everything else stands alone. */
export function groups(arrows: Arrow[], unfolded: ReadonlySet<string>): Group[] {
  const all: Group[] = [];
  let run = new Map<string, Group>();
  for (const arrow of arrows) {
    const group: Group = { fold: null, arrows: [arrow] };
    if (!arrow.retransmission) {
      run = new Map();
      all.push(group);
      continue;
    }
    const likeness = likenessOf(arrow);
    const like = run.get(likeness);
    if (!like) {
      run.set(likeness, group);
      all.push(group);
      continue;
    }
    like.fold = idOf(like.arrows[0]);
    if (unfolded.has(like.fold)) all.push({ ...group, fold: like.fold });
    else like.arrows.push(arrow);
  }
  return all;
}
