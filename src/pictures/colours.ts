/** The colours of a picture: `paper`, `rule` and `panel` are for surfaces and lines, the others for text. */
export type Colours = Record<'paper' | 'ink' | 'quiet' | 'accent' | 'rule' | 'panel', string>

/** The light and dark colours. All text has a contrast of at least 4.5 to 1 (WCAG AA), on paper and on panels. */
export const COLOURS: Record<'light' | 'dark', Colours> = {
  light: {
    paper: '#fcfaf5',
    ink: '#1c1c1a',
    quiet: '#5c5b56',
    accent: '#1d3557',
    rule: '#d8d3c6',
    panel: '#f1ede3',
  },
  dark: {
    paper: '#15171c',
    ink: '#f2efe8',
    quiet: '#aaacb0',
    accent: '#a5c3e8',
    rule: '#3a3d45',
    panel: '#20232a',
  },
}
