import { en } from './en/en.ts'

/** All words that people read in chat. What another language has to give is known to the compiler. */
export type Phrases = typeof en

/** The words in the language that is spoken: English, the only one so far. */
export const phrases: Phrases = en
