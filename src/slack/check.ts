/** The shortcut at a message, as the manifest names it. */
export const CHECK = {
  name: 'Check this quote',
  type: 'message',
  callback_id: 'check_quote',
  description: 'Do these words stand in our sources exactly so? Only you see the answer',
} as const
