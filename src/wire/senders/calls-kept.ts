/**
 * For how long calls are known again. Some senders sign no time: what they sent longer ago could be sent again by whoever
 * overheard it, so what bears an older date is refused.
 */
export const CALLS_KEPT_MS = 400 * 24 * 3_600_000
