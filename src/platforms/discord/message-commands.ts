import { phrases } from '../../phrases/phrases.ts'

/** A command in the menu of every message, as Discord is told of it. */
export type MessageCommand = { type: 3; name: string; contexts: number[]; integration_types: number[] }

/** Asks whether the words of a message stand in our sources. */
export const CHECK: MessageCommand = {
  type: 3,
  name: phrases.asked.checkThisQuote,
  contexts: [0, 1],
  integration_types: [0],
}

/** Tells the desk what is wrong in a message of ours. */
export const REPORT: MessageCommand = {
  type: 3,
  name: phrases.asked.reportAnError,
  contexts: [0, 1],
  integration_types: [0],
}

/** All of them; Discord takes at most 15, with names of 1 to 32 letters. */
export const MESSAGE_COMMANDS: MessageCommand[] = [CHECK, REPORT]
