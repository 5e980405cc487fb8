/** The design's tokens that drawings need: `style/tokens.css`, for files that have no style sheet beside them. */
export const COLOURS = {
  light: {
    bg: '#fbfaf8',
    'line-2': '#d2ccc1',
    ink: '#1d1c1a',
    'ink-2': '#57534c',
    'ink-3': '#6a655c',
    accent: '#0b6b6b',
    good: '#256f3a',
    warn: '#8a5700',
    bad: '#b3261e',
    info: '#2b5bb0',
    violet: '#6747ae',
  },
  dark: {
    bg: '#141413',
    'line-2': '#43413c',
    ink: '#ece9e2',
    'ink-2': '#b6b1a7',
    'ink-3': '#a19c92',
    accent: '#62c4bc',
    good: '#7fc792',
    warn: '#e2b264',
    bad: '#f28e82',
    info: '#92b6f2',
    violet: '#b9a0f2',
  },
} as const;

export type Theme = keyof typeof COLOURS;

export type Colour = keyof (typeof COLOURS)['light'];

export const FACES = {
  text: "'Inter Variable', Inter, system-ui, sans-serif",
  mono: "'JetBrains Mono Variable', 'JetBrains Mono', ui-monospace, SFMono-Regular, Menlo, monospace",
} as const;
