/** The shortcuts in the menu of every message, as the manifest names them: whether its words stand in our sources. */
export const CHECK = {
  name: 'Check this quote',
  type: 'message',
  callback_id: 'check_quote',
  description: 'Do these words stand in our sources exactly so? Only you see the answer',
} as const

/** Tells the desk what is wrong in a message of ours. */
export const REPORT = {
  name: 'Report an error',
  type: 'message',
  callback_id: 'report_error',
  description: 'Tell the editors’ desk in one sentence what is wrong in a message of nutgraf',
} as const
