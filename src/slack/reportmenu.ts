/** The shortcut at a message, as the manifest names it. */
export const REPORT = {
  name: 'Report an error',
  type: 'message',
  callback_id: 'report_error',
  description: 'Tell the editors’ desk in one sentence what is wrong in a message of nutgraf',
} as const
