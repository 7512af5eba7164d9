import { en } from './en/en.ts'

/** Every sentence that people read in chat. The compiler checks that another language has them all. */
export type Phrases = typeof en

/** The catalogue in use. English is the only language so far. */
export const phrases: Phrases = en
