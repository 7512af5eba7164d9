import { phrases } from '../../phrases/phrases.ts'

/** The shortcuts in the menu of every message, as the manifest names them: whether its words stand in our sources. */
export const CHECK_SHORTCUT = {
  name: phrases.everyPlatform.checkThisQuote,
  type: 'message',
  callback_id: 'check_quote',
  description: phrases.slack.aboutCheck,
} as const

/** Tells the desk what is wrong in a message of ours. */
export const REPORT_SHORTCUT = {
  name: phrases.everyPlatform.reportAnError,
  type: 'message',
  callback_id: 'report_error',
  description: phrases.slack.aboutReport,
} as const
