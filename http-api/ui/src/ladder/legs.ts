import type { LegEdge, Legs } from '../api/types';

/** A dialog that belongs to the same call: how that is known, best evidence first. */
export interface Related {
  key: string;
  edges: LegEdge[];
  confidence: number;
}

/** The other dialogs of a call in the server's order, each with the edges that lead to it. */
export function related(legs: Legs): Related[] {
  return legs.legs.slice(1).map(({ key, confidence }) => {
    const edges = legs.edges
      .filter((edge) => edge.a === key || edge.b === key)
      .sort((one, other) => other.confidence - one.confidence);
    return { key, edges, confidence: confidence ?? edges[0]?.confidence ?? 0 };
  });
}

/** `97 %`; never a certainty that nobody has. */
export function confidenceText(confidence: number): string {
  const percent = Math.round(Math.min(1, Math.max(0, confidence)) * 100);
  return `${percent} %`;
}
