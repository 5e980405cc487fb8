import type { Agent, Source } from '../api/agents';
import { figure } from '../statistics/figure';

/** How long a listed agent may say nothing before it is called silent. */
const QUIET = 60_000;

/** Whether an agent is heard, in a word and a colour. */
export function standing(agent: Agent, now: number): { word: string; tone: string } {
  if (agent.lastSeenAt === null) return { word: 'Never heard', tone: 'warn' };
  if (agent.silentSince) return { word: 'Silent', tone: 'bad' };
  return now - Date.parse(agent.lastSeenAt) > QUIET ? { word: 'Quiet', tone: 'dim' } : { word: 'Sending', tone: 'good' };
}

export function sourceStanding({ condition }: Source): { word: string; tone: string } {
  switch (condition) {
    case 'up':
      return { word: 'Up', tone: 'good' };
    case 'connecting':
      return { word: 'Connecting', tone: 'warn' };
    case 'failed':
      return { word: 'Failed', tone: 'bad' };
  }
}

const KINDS: Record<string, string> = { live: 'Live capture', redis: 'Redis', ami: 'Asterisk' };

export function kind(source: Source): string {
  return KINDS[source.kind] ?? source.kind;
}

/** `+12 ms`, `−1.2 s`; how far the agent's clock is behind ours. */
export function offset(millis: number | null): string {
  if (millis === null) return '—';
  const size = Math.abs(millis);
  const text = size >= 1000 ? `${(size / 1000).toFixed(1)} s` : figure(Math.round(size), 'milliseconds');
  return size < 1 ? '< 1 ms' : `${millis < 0 ? '−' : '+'}${text}`;
}

/** `3 by rate-limit, 1 by key` */
export function reasons(agent: Agent): string {
  return Object.entries(agent.droppedBy ?? {})
    .map(([reason, count]) => `${count} by ${reason}`)
    .join(', ');
}

export interface Recipe {
  name: string;
  text: string;
}

/** What to write on the other side, for the host this page was opened by. */
export function recipes(host: string, port: number): Recipe[] {
  const at = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return [
    {
      name: 'OpenSIPS 3',
      text: [
        'loadmodule "proto_hep.so"',
        'loadmodule "tracer.so"',
        `modparam("proto_hep", "hep_id", "[sipscope] ${at}:${port}; transport=udp; version=3")`,
        'modparam("tracer", "trace_id", "[tid]uri=hep:sipscope")',
        '# in route: trace("tid", "d", "sip");',
      ].join('\n'),
    },
    {
      name: 'Kamailio',
      text: [
        'loadmodule "siptrace.so"',
        `modparam("siptrace", "duplicate_uri", "sip:${at}:${port}")`,
        'modparam("siptrace", "hep_mode_on", 1)',
        'modparam("siptrace", "hep_version", 3)',
        'modparam("siptrace", "trace_to_database", 0)',
        'modparam("siptrace", "trace_on", 1)',
        '# in route: sip_trace_mode("d");',
      ].join('\n'),
    },
    { name: 'heplify', text: `heplify -i any -m SIP -hs ${at}:${port}` },
    { name: 'sngrep', text: `sngrep -H udp:${at}:${port}` },
    { name: 'A capture file', text: 'ops/sipscope import call.pcap' },
  ];
}
