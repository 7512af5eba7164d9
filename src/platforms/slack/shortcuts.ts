import { phrases } from '../../phrases/phrases.ts'

/** The shortcuts in the menu of every message, as the manifest names them: whether its words stand in our sources. */
export const CHECK = {
  name: phrases.asked.checkThisQuote,
  type: 'message',
  callback_id: 'check_quote',
  description: phrases.slack.whatCheckDoes,
} as const

/** Tells the desk what is wrong in a message of ours. */
export const REPORT = {
  name: phrases.asked.reportAnError,
  type: 'message',
  callback_id: 'report_error',
  description: phrases.slack.whatReportDoes,
} as const
