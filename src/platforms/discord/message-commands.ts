import { phrases } from '../../phrases/phrases.ts'

/** A command in the menu of every message, as JSON for Discord. */
export type MessageCommand = { type: 3; name: string; contexts: number[]; integration_types: number[] }

/** Checks the words of a message against our sources. */
export const CHECK_COMMAND: MessageCommand = {
  type: 3,
  name: phrases.everyPlatform.checkThisQuote,
  contexts: [0, 1],
  integration_types: [0],
}

/** Reports an error in a message of ours to the editors. */
export const REPORT_COMMAND: MessageCommand = {
  type: 3,
  name: phrases.everyPlatform.reportAnError,
  contexts: [0, 1],
  integration_types: [0],
}

/** All commands in message menus. Discord allows at most 15, with names of 1 to 32 characters. */
export const MESSAGE_COMMANDS: MessageCommand[] = [CHECK_COMMAND, REPORT_COMMAND]
