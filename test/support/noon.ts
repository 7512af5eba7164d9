/** The moment at which most tests ask: a Tuesday at noon UTC, 7:00 in Chicago. */
export const NOON = Date.parse('2026-05-05T12:00:00Z')
