import { phrases } from '../../phrases/phrases.ts'

/** The shortcut in the menu of every message that checks its words against our sources, as the manifest declares it. */
export const CHECK_SHORTCUT = {
  name: phrases.everyPlatform.checkThisQuote,
  type: 'message',
  callback_id: 'check_quote',
  description: phrases.slack.aboutCheck,
} as const

/** The shortcut that reports an error in a message of ours to the editors. */
export const REPORT_SHORTCUT = {
  name: phrases.everyPlatform.reportAnError,
  type: 'message',
  callback_id: 'report_error',
  description: phrases.slack.aboutReport,
} as const
