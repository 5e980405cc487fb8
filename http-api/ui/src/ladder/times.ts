import type { Arrow } from '../api/types';
import { between, clockMillis } from '../wire/time';
import { transactionOf } from './kin';

/** How the time of a message is told. */
export const TIME_MODES = ['elapsed', 'clock', 'delta', 'transaction'] as const;

export type TimeMode = (typeof TIME_MODES)[number];

export const TIME_NAMES: Record<TimeMode, { name: string; meaning: string }> = {
  elapsed: { name: 'Elapsed', meaning: 'Seconds from the first message' },
  clock: { name: 'Clock', meaning: 'Time of day' },
  delta: { name: 'Delta', meaning: 'Seconds from the row above' },
  transaction: { name: 'Transaction', meaning: "Seconds from the transaction's request" },
};

export function timeMode(text: string | null): TimeMode {
  return TIME_MODES.find((mode) => mode === text) ?? 'elapsed';
}

/** The texts for messages asked about one after the other, in the order of `arrows`. */
export function timeTeller(arrows: Arrow[], mode: TimeMode): (arrow: Arrow) => string {
  const first = arrows[0]?.time ?? '';
  switch (mode) {
    case 'elapsed':
      return (arrow) => seconds(first, arrow.time);
    case 'clock':
      return (arrow) => clockMillis(arrow.time);
    case 'delta':
      return deltas();
    case 'transaction':
      return sinceRequest(arrows);
  }
}

function deltas(): (arrow: Arrow) => string {
  let before: string | null = null;
  return (arrow) => {
    const from = before ?? arrow.time;
    before = arrow.time;
    return signed(seconds(from, arrow.time));
  };
}

/** A dash where the request was not seen. */
function sinceRequest(arrows: Arrow[]): (arrow: Arrow) => string {
  const requested = new Map<string, string>();
  for (const arrow of arrows) {
    if (arrow.status !== null) continue;
    const transaction = transactionOf(arrow);
    if (!requested.has(transaction)) requested.set(transaction, arrow.time);
  }
  return (arrow) => {
    const request = requested.get(transactionOf(arrow));
    if (request === undefined) return '—';
    return signed(seconds(request, arrow.time));
  };
}

function seconds(from: string, to: string): string {
  return (between(from, to) / 1000).toFixed(3);
}

/** What was a moment before is negative as it stands; nothing passed has no sign. */
function signed(text: string): string {
  return text.startsWith('-') || text === '0.000' ? text : `+${text}`;
}
