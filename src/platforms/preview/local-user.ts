import type { Caller, Place } from '../../chat/platform.ts'

/** The one channel of the preview; the page and the terminal share it. */
export const PREVIEW_PLACE: Place = 'preview:local'

/** Who types in the preview: whoever sits at this machine may do all that a member with rights may. */
export const LOCAL_USER: Caller = { id: 'preview:you', name: 'you', rights: ['manage', 'member'] }

/** The beginning of the keys of what is posted from the prompt. */
export const TERMINAL_KEY_PREFIX = 'preview:terminal:'
