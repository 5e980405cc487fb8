import type { Alert, Rule } from '../api/alerts';
import { duration, rounded } from '../statistics/figure';

/** What an alert's state is called, and its colour. */
export const STATES: Record<Alert['state'], { tone: string; word: string }> = {
  ok: { tone: 'good', word: 'Within its bound' },
  pending: { tone: 'warn', word: 'Crossed, waiting' },
  raised: { tone: 'bad', word: 'Raised' },
  unknown: { tone: 'dim', word: 'No value' },
};

/** `above 5 /s for 1 min`, `below 40 % for 10 s` */
export function condition({ statistic, comparison, bound, rate, forSeconds }: Rule): string {
  const unit = rate ? ' /s' : (measure(statistic) ?? '');
  return `${comparison} ${rounded(bound)}${unit}${forSeconds > 0 ? ` for ${duration(forSeconds)}` : ''}`;
}

/** What a measure of calls is told in; null for a statistic. `asr/TRUNK` is one of a trunk. */
export function measure(statistic: string): ' %' | ' s' | null {
  const kind = /^(?:(asr|ser|ner|seer|isa|scr|ira)|(srd|rrd|sdd|sdt))(?:\/|$)/i.exec(statistic);
  return kind === null ? null : kind[1] ? ' %' : ' s';
}

export const NEW: Rule = { name: '', statistic: '', rate: false, comparison: 'above', bound: 0, forSeconds: 60, webhook: null };

/** What a form holds, as it is kept. */
export function rule(of: Rule): Rule {
  return { ...of, name: of.name.trim(), statistic: of.statistic.trim(), webhook: of.webhook?.trim() || null };
}

/** The alerts that need somebody first; those that are alike by name. */
export function sorted(alerts: readonly Alert[]): Alert[] {
  const order = ['raised', 'pending', 'unknown', 'ok'];
  return alerts.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (a.name < b.name ? -1 : 1));
}

/** How high a bound lies among values, from the top, in a line of this height; null where nothing is drawn. */
export function level(values: readonly (number | null)[], bound: number, height: number): number | null {
  const seen = values.filter((value) => value !== null);
  if (seen.length < 2) return null;
  const most = Math.max(...seen, bound);
  const least = Math.min(...seen, bound);
  return height - 1 - ((bound - least) / (most - least || 1)) * (height - 2);
}
