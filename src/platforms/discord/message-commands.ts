import { phrases } from '../../phrases/phrases.ts'

/** A command in the menu of every message, as Discord is told of it. */
export type MessageCommand = { type: 3; name: string; contexts: number[]; integration_types: number[] }

/** Asks whether the words of a message stand in our sources. */
export const CHECK_COMMAND: MessageCommand = {
  type: 3,
  name: phrases.everyPlatform.checkThisQuote,
  contexts: [0, 1],
  integration_types: [0],
}

/** Tells the desk what is wrong in a message of ours. */
export const REPORT_COMMAND: MessageCommand = {
  type: 3,
  name: phrases.everyPlatform.reportAnError,
  contexts: [0, 1],
  integration_types: [0],
}

/** All of them; Discord takes at most 15, with names of 1 to 32 letters. */
export const MESSAGE_COMMANDS: MessageCommand[] = [CHECK_COMMAND, REPORT_COMMAND]
