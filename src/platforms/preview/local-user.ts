import type { Caller, Place } from '../../chat/platform.ts'

/** The one channel of the preview, shared by the page and the terminal. */
export const PREVIEW_PLACE: Place = 'preview:local'

/** The person at this machine, who types in the preview and has all rights of a member and a manager. */
export const LOCAL_USER: Caller = { id: 'preview:you', name: 'you', rights: ['manage', 'member'] }

/** The prefix of the keys of messages that are posted from the terminal. */
export const TERMINAL_KEY_PREFIX = 'preview:terminal:'
