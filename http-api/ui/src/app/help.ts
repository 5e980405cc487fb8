import { SCREENS } from './screens';

export interface HelpGroup {
  /** The page it is of; empty for all. */
  page: string;
  name: string;
  keys: readonly (readonly [string, string])[];
}

/** What every key does, by page. */
export const HELP: readonly HelpGroup[] = [
  {
    page: '',
    name: 'Everywhere',
    keys: [
      ['Ctrl K', 'Find anything'],
      ['/', 'Filter or find'],
      ['j k', 'Move down, up'],
      ['Enter', 'Open'],
      ['Esc', 'Back'],
      ['t', 'Light or dark'],
      [',', 'Settings'],
      ['?', 'These keys'],
    ],
  },
  { page: '', name: 'Go to', keys: SCREENS.map(({ key, name }) => [key, name] as const) },
  {
    page: 'live',
    name: 'Live',
    keys: [
      ['Space', 'Pause and resume'],
      ['f', 'Follow the newest'],
      ['PgUp PgDn', 'A screenful up, down'],
      ['Home End', 'First, last'],
      ['e', 'Export PCAP'],
    ],
  },
  {
    page: 'dialogs',
    name: 'Dialogs',
    keys: [
      ['Space', 'Select'],
      ['J K', 'Select on downwards, upwards'],
      ['a', 'Select all or none'],
      ['e', 'Export PCAP'],
    ],
  },
  {
    page: 'ladder',
    name: 'Ladder',
    keys: [
      ['[ ]', 'Previous, next dialog'],
      ['Enter', 'Unfold retransmissions'],
      ['Space', 'Compare with this message'],
      ['w', 'Times: elapsed, clock, delta, transaction'],
      ['s', 'Columns by address and port'],
      ['d', 'SDP'],
      ['x', 'Draw related calls'],
      ['1 2 3 4 5', 'Tabs of the message'],
      ['e', 'Export'],
    ],
  },
  {
    page: 'statistics',
    name: 'Statistics',
    keys: [
      ['v', 'Chart or table'],
      ['← →', 'Along the chart, when it has the focus'],
    ],
  },
  {
    page: 'events',
    name: 'Events',
    keys: [
      ['Space', 'Pause and resume'],
      ['f', 'Follow the newest'],
      ['n', 'New subscription, new alert'],
      ['r', 'Raise an event'],
    ],
  },
  {
    page: 'script',
    name: 'Script',
    keys: [
      ['d', 'What runs, what is tried'],
      ['Ctrl Enter', 'Check what is tried'],
      ['r', 'Reload'],
    ],
  },
  {
    page: 'trace',
    name: 'Trace',
    keys: [
      ['n', 'New trace'],
      ['r', 'Replay stored dialogs'],
    ],
  },
];
