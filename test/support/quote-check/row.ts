import type { Verdict } from '../conversations/check-verdict.ts'

/** A stored text, typed words, the one right verdict, and what else the answer must say. */
export type Row = [stored: string, typed: string, verdict: Verdict, ...says: string[]]
