import type { PageFailureCode } from './page-failure.ts'

/** The bytes of a page, with what is known of them: the header `content-type`, and the address that they came from. */
export type PageBytes = { bytes: Uint8Array; contentType?: string; url?: string }

/** Why a page was not read. */
export type Unread = { failure: PageFailureCode; detail?: string }
