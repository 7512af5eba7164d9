/** Slack accepts 3,000 characters in a link, and writes a letter of another alphabet as six: `%D9%85`. */
const MAX_ADDRESS_LENGTH = 2_000

/** The problem of an address that is too long for a link, once it is percent-encoded; undefined if it is not. */
export const addressProblem = (address: string): string | undefined =>
  (URL.parse(address)?.href ?? address).length > MAX_ADDRESS_LENGTH
    ? `an address must have at most ${MAX_ADDRESS_LENGTH} characters`
    : undefined
