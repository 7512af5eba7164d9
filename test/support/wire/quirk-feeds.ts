import { DATES_AND_BYTES } from './quirks/dates-and-bytes.ts'
import { DOCUMENTS_AND_TITLES } from './quirks/documents-and-titles.ts'
import { LINKS_AND_FORMATS } from './quirks/links-and-formats.ts'

export { FEED_URL } from './quirks/quirk.ts'

/** Sixty feeds of our own, after the faults that others have found in real ones. */
export const QUIRKS = [...DATES_AND_BYTES, ...DOCUMENTS_AND_TITLES, ...LINKS_AND_FORMATS]
