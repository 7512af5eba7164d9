/**
 * What a platform knows about a caller: name, time zone, whether they are only a guest, and whether they administer the
 * workspace. Unknown facts are absent.
 */
export type CallerInfo = { name?: string; zone?: string; guest?: boolean; admin?: boolean }
