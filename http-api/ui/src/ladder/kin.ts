import type { Arrow } from '../api/types';

/** Messages of one transaction have the same: branch and method (RFC 3261 §17.2.3), and the ACK of a failed INVITE is its. */
export function transactionOf(arrow: Arrow): string {
  const method = arrow.cseqMethod === 'ACK' ? 'INVITE' : arrow.cseqMethod;
  // Before RFC 3261 there were no branches to go by.
  const branch = arrow.branch || `${arrow.fromTag} ${arrow.toTag}`;
  return `${arrow.leg} ${branch} ${arrow.cseq} ${method}`;
}

/** Messages of one dialog have the same, whoever sent them: Call-ID and both tags (RFC 3261 §12). */
export function dialogOf(arrow: Arrow): string {
  return `${arrow.leg} ${[arrow.fromTag, arrow.toTag].sort().join(' ')}`;
}

/** Copies of one message have the same. */
export function likenessOf(arrow: Arrow): string {
  const { leg, from, to, method, status, cseq, cseqMethod, toTag } = arrow;
  return [leg, from, to, method, status, cseq, cseqMethod, toTag].join(' ');
}
