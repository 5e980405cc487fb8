import { agents } from '../api/agents';
import { subscribers } from '../api/events';
import { statistics } from '../api/statistics';
import { standing } from '../agents/told';
import { counted, grouped } from '../wire/count';
import { Polled } from './polled.svelte';

/** A number beside a screen's name, and what it counts. */
export interface Count {
  text: string;
  meaning: string;
}

const EVERY = 10_000;
const CALLS = 'dialog:active_dialogs,dialog:early_dialogs';

/** What the rail counts: calls that go on, who is told of events, agents that send. Nothing is said of none. */
export const counts = new Polled<Partial<Record<string, Count>>>(async (signal) => {
  const [calls, told, heard] = await Promise.all([
    statistics(`?names=${CALLS}`, signal),
    subscribers(signal),
    agents(signal),
  ]);
  const going = calls.statistics.reduce((sum, { value }) => sum + value, 0);
  const subscribed = told.length;
  const sending = heard.agents.filter((agent) => standing(agent, Date.now()).tone === 'good').length;
  return {
    ...(going > 0 ? { dialogs: { text: grouped(going), meaning: `${counted(going, 'call')} going on` } } : {}),
    ...(subscribed > 0 ? { events: { text: grouped(subscribed), meaning: counted(subscribed, 'subscription') } } : {}),
    ...(sending > 0 ? { agents: { text: grouped(sending), meaning: `${counted(sending, 'agent')} sending` } } : {}),
  };
}, EVERY);
