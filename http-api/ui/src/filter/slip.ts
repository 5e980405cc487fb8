import type { Problem } from '../api/client';
import { NAMES, strangers } from './filters';

/** What is wrong with the filters in an address, for the field to tell: by the address itself, else as the server says. */
export function slipOf(search: string, problem: Problem | null): string {
  const [stranger] = strangers(search);
  if (stranger !== undefined) return `There is no filter "${stranger}" (there are: ${NAMES.join(', ')})`;
  return problem?.status === 400 ? problem.detail || problem.message : '';
}
