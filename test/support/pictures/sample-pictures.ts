import type { Picture } from '../../../src/chat/reply.ts'

type Card = Extract<Picture, { kind: 'card' }>
type Chart = Extract<Picture, { kind: 'chart' }>

/** A card with everything on it; `more` replaces single fields. */
export const sampleCard = (more: Partial<Card> = {}): Card => ({
  kind: 'card',
  label: 'QUOTE\nDEVELOPING STORY · covers 30 Dec 2025 to 4 May 2026',
  words: 'The bridge stays shut until it is safe.',
  marks: true,
  about: ['Ana Example', 'Mayor at the time', 'The Paper, 2 May 2026, line 3 of our copy', 'said 2 May 2026'],
  foot: 'The bridge on Main Street\nchecked 5 May 2026 · nutgraf',
  ...more,
})

/** A chart with three events; `more` replaces single fields. */
export const sampleChart = (more: Partial<Chart> = {}): Chart => ({
  kind: 'chart',
  label: 'TIMELINE · 3 turning points of 6 events\nDEVELOPING STORY',
  title: 'The bridge on Main Street',
  events: [
    { date: '30 Dec 2021', text: 'An inspection finds rust' },
    { date: '2 May 2026', text: 'The city closes the bridge' },
    { date: '4 May 2026', text: 'Drivers protest' },
  ],
  foot: 'checked 5 May 2026 · nutgraf',
  ...more,
})
