import type { Arrow } from '../api/types';
import { likenessOf, transactionOf } from './kin';

/**
 * Requests sent to an endpoint that never sends anything, with no response to their sender. An ACK has no reply, so
 * its loss is only told by the answer that keeps coming after it.
 */
export function undelivered(arrows: Arrow[], senders: ReadonlySet<number>): ReadonlySet<Arrow> {
  const answered = new Set<string>();
  const lastRepeatedFinal = new Map<string, number>();
  arrows.forEach((arrow, index) => {
    if (arrow.status === null) return;
    answered.add(transactionOf(arrow));
    if (arrow.status >= 200 && arrow.retransmission) lastRepeatedFinal.set(`${arrow.leg} ${arrow.cseq}`, index);
  });
  const lost = new Set<Arrow>();
  const lostKinds = new Set<string>();
  arrows.forEach((arrow, index) => {
    if (arrow.status !== null || arrow.from === arrow.to || senders.has(arrow.to)) return;
    const unanswered =
      arrow.method === 'ACK'
        ? (lastRepeatedFinal.get(`${arrow.leg} ${arrow.cseq}`) ?? -1) > index
        : !answered.has(transactionOf(arrow));
    const copyOfLost = arrow.retransmission && lostKinds.has(likenessOf(arrow));
    if (!unanswered && !copyOfLost) return;
    lost.add(arrow);
    lostKinds.add(likenessOf(arrow));
  });
  return lost;
}
