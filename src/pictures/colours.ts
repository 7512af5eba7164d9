/** The colours of a picture: `rule` and `panel` only part and hold, the others are for what is read. */
export type Colours = Record<'paper' | 'ink' | 'quiet' | 'accent' | 'rule' | 'panel', string>

/** By day and by night. All that is read has a contrast of 4.5 to 1 and more, on the paper as on a panel. */
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
