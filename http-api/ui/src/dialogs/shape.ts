import type { Dialog, ShapeBar } from '../api/types';
import { statusTone, tone, type Tone } from '../wire/name';

/** One bar of a dialog's shape. The caller's stand above the line, the callee's below. */
export interface Bar {
  x: number;
  side: 'caller' | 'callee';
  tall: boolean;
  tone: Tone;
  /** A retransmission. */
  repeat: boolean;
}

export const SHAPE = { width: 104, height: 18, step: 6.5, repeatStep: 4, first: 3, bar: 2.6 } as const;

/** More would leave the drawing; the number of messages stands beside it. */
const MAX_REPEATS = 8;

/** The messages themselves, as far as there is room. */
export function outline(messages: readonly ShapeBar[]): Bar[] {
  const bars: Bar[] = [];
  let x: number = SHAPE.first;
  for (const { byCaller, method, status, retransmission } of messages) {
    if (x + SHAPE.bar > SHAPE.width) break;
    const colour = tone({ method, status, reason: null });
    const short = status === null ? method === 'ACK' || method === 'PRACK' : status < 200;
    bars.push({ x, side: byCaller ? 'caller' : 'callee', tone: colour, tall: !short, repeat: retransmission });
    x += retransmission ? SHAPE.repeatStep : SHAPE.step;
  }
  return bars;
}

/** Until the messages are here: what the summary of a dialog is sure of, as bars: request, ringing, answer, how often it was repeated, end. */
export function shape(dialog: Dialog): Bar[] {
  const bars: Bar[] = [];
  let x: number = SHAPE.first;
  const add = (side: Bar['side'], colour: Tone, tall: boolean, repeat = false) => {
    bars.push({ x, side, tall, tone: colour, repeat });
    x += repeat ? SHAPE.repeatStep : SHAPE.step;
  };
  const opening = tone({ method: dialog.method, status: null, reason: null });
  const call = dialog.method.toUpperCase() === 'INVITE';

  add('caller', opening, true);
  if (dialog.status === null) repeats(dialog, () => add('caller', opening, true, true));
  if (dialog.ringMs !== null || dialog.phase === 'early') add('callee', 'provisional', false);
  if (dialog.phase === 'cancelled') add('caller', 'request', true);
  if (dialog.status !== null) {
    const final = statusTone(dialog.status);
    add('callee', final, true);
    if (call) add('caller', 'request', false);
    repeats(dialog, () => add('callee', final, true, true));
    if (call && dialog.phase === 'terminated') {
      add('caller', 'request', true);
      add('callee', 'success', true);
    }
  }
  return bars;
}

function repeats(dialog: Dialog, add: () => void): void {
  for (let repeat = 0; repeat < Math.min(dialog.retransmissions, MAX_REPEATS); repeat++) add();
}
