/** Why a feed could not be read, each as the end of a sentence: “not reached since 06:10: …”. */
const REASONS = {
  dns: 'its name has no address',
  private: 'its address is not on the public internet',
  timeout: 'no answer in time',
  connection: 'no connection',
  certificate: 'its certificate is not valid',
  status: 'its server answers with an error',
  tooManyRequests: 'its server wants to be asked less often',
  gone: 'its server says that it is gone for good',
  redirects: 'it leads from one address to the next',
  tooLarge: 'it is larger than 5 MB',
  html: 'there is a web page instead of a feed',
  challenge: 'its server lets only people in (a challenge page)',
  cutOff: 'it ends in the middle',
  notAFeed: 'what comes is not a feed',
  encoding: 'its characters cannot be read',
  tooMany: 'it has more reports than can be read at once',
}

type Reason = { code: keyof typeof REASONS; detail?: string }

/** Sentences about feeds that cannot be read, for editors. */
export const feedTrouble = {
  reason: ({ code, detail }: Reason): string =>
    detail === undefined ? REASONS[code] : `${REASONS[code]} (${detail})`,
  failing: (name: string, since: string, reason: Reason): string =>
    `Problem with the feed “${name}”: not reached since ${since}: ${feedTrouble.reason(reason)}. Briefs say so, and I go on trying.`,
  gone: (name: string): string =>
    `Problem with the feed “${name}”: its server says that it is gone for good. I no longer ask it, until feeds.yml has another address.`,
  over: (name: string): string => `Resolved: the feed “${name}” can be read again.`,
  moved: (name: string, to: string): string =>
    `The feed “${name}” has moved for good, and I ask it there from now on: ${to}. Please change its address in feeds.yml.`,
}
