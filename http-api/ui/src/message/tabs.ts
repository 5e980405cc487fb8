/** Views of one message, in the order of their tabs. */
export const TABS = ['message', 'headers', 'sdp', 'compare', 'bytes'] as const;

export type Tab = (typeof TABS)[number];

export const TAB_NAMES: Record<Tab, string> = {
  message: 'Message',
  headers: 'Headers',
  sdp: 'SDP',
  compare: 'Compare',
  bytes: 'Bytes',
};

export function tabOf(text: string | null): Tab {
  return TABS.find((tab) => tab === text) ?? 'message';
}
