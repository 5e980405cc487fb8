/** The screens, in the order of the rail, each with the keys that lead to it. */
export const SCREENS = [
  { page: 'live', name: 'Live', path: '/live', key: 'g l' },
  { page: 'dialogs', name: 'Dialogs', path: '/', key: 'g d' },
  { page: 'statistics', name: 'Statistics', path: '/statistics', key: 'g s' },
  { page: 'events', name: 'Events', path: '/events', key: 'g e' },
  { page: 'script', name: 'Script', path: '/script', key: 'g p' },
  { page: 'agents', name: 'Agents', path: '/agents', key: 'g a' },
  { page: 'trace', name: 'Trace', path: '/trace', key: 'g t' },
  { page: 'cluster', name: 'Cluster', path: '/cluster', key: 'g c' },
] as const;

/** Parts of screens that have addresses of their own. */
export const PARTS = [
  { page: 'events', name: 'Subscriptions', path: '/events/subscriptions' },
  { page: 'events', name: 'Alerts', path: '/events/alerts' },
  { page: 'events', name: 'Status and reports', path: '/events/status' },
  { page: 'script', name: 'Try a script', path: '/script?view=draft' },
] as const;
