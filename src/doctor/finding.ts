/** How bad a finding is. A `note` is worth knowing and needs no action. */
export type Severity = 'error' | 'warning' | 'note' | 'ok'

/** The part of a set-up that a finding is about. */
export type Area =
  | 'node'
  | 'settings'
  | 'slack'
  | 'discord'
  | 'commands'
  | 'places'
  | 'webhooks'
  | 'desk'
  | 'clock'
  | 'data'
  | 'content'
  | 'feeds'

/**
 * What a finding says, as a name that never changes, so that scripts can rely on it. Add new ones; never rename one.
 */
export type FindingCode =
  // node; src/doctor.js prints the last two itself if Node is too old or has no packages
  | 'node'
  | 'node-old'
  | 'packages-missing'
  // settings
  | 'settings'
  | 'both-ways'
  | 'example-filled'
  | 'feeds-open'
  | 'guild-no-number'
  | 'guild-without-token'
  | 'hook-address'
  | 'hook-secret'
  | 'hooks'
  | 'metrics-open'
  | 'no-yes-or-no'
  | 'public-url-plain'
  | 'setting-shadowed'
  | 'setting-wrong'
  | 'signing-secret-shape'
  | 'unknown-setting'
  | 'wrong-token'
  // slack and discord
  | 'token'
  | 'token-refused'
  | 'unreachable'
  // slack
  | 'app-token-refused'
  | 'app-token-scope'
  | 'public-url'
  | 'public-url-none'
  | 'public-url-silent'
  | 'scope-history'
  | 'scope-missing'
  | 'scope-optional'
  | 'scope-pictures'
  | 'scope-surplus'
  | 'scopes'
  | 'socket'
  | 'socket-refused'
  | 'token-of-a-person'
  | 'two-apps'
  // discord
  | 'code-grant'
  | 'endpoint-set'
  | 'few-starts'
  | 'guild-not-joined'
  | 'intents-surplus'
  | 'invitation'
  | 'no-server'
  | 'not-told'
  | 'servers'
  // commands
  | 'discord'
  | 'discord-differ'
  | 'discord-none'
  | 'discord-twice'
  | 'name-taken'
  // places
  | 'places'
  | 'place-elsewhere'
  | 'place-no-correct'
  | 'place-no-history'
  | 'place-no-pictures'
  | 'place-no-post'
  | 'place-unknown'
  | 'places-many'
  | 'platform-off'
  // webhooks
  | 'webhooks'
  | 'webhook-none'
  | 'webhook-refused'
  | 'webhook-unreachable'
  | 'webhooks-untried'
  // desk
  | 'desk'
  | 'desk-channel-none'
  | 'desk-channel-off'
  | 'desk-group'
  | 'desk-user'
  | 'desk-user-elsewhere'
  | 'desk-users-many'
  | 'desk-users-none'
  // clock
  | 'clock'
  | 'clock-wrong'
  // data
  | 'data'
  | 'corrections-fleeting'
  | 'data-no-folder'
  | 'data-read-only'
  | 'disk-container'
  | 'disk-full'
  | 'disk-host'
  | 'disk-memory'
  | 'disk-network'
  | 'disk-tight'
  | 'store'
  | 'store-broken'
  | 'store-new'
  | 'store-newer'
  | 'store-no-rights'
  | 'store-older'
  | 'store-unreachable'
  | 'trouble'
  // content
  | 'content'
  | 'content-empty'
  | 'content-ids'
  | 'content-unread'
  | 'content-wrong'
  | 'digest-approval'
  // feeds
  | 'feeds'
  | 'feed-moved'
  | 'feed-private'
  | 'feed-unread'
  | 'feed-unreachable'
  | 'feeds-many'
  // any area
  | 'no-time'

/** One finding: `says` is one sentence, and `cure` an instruction that can be followed. */
export type Finding = { area: Area; id: FindingCode; severity: Severity; says: string; cure?: string }

/** A check that only a person can make, because no API reports it: `what` should be seen, and `where` to click. */
export type ManualCheck = { what: string; where: string }

/** The result of looking at one area. */
export type Diagnosis = { findings: Finding[]; byEye?: ManualCheck[] }

/** Creates functions that make findings of one area, one for each severity. */
export const findingsFor = (area: Area) => {
  const createFinding =
    (severity: Severity) =>
    (id: FindingCode, says: string, cure?: string): Finding => ({ area, id, severity, says, cure })
  return {
    error: createFinding('error'),
    warning: createFinding('warning'),
    note: createFinding('note'),
    ok: createFinding('ok'),
  }
}

/** Gives the exit code: 2 with errors, 1 with warnings only, otherwise 0. */
export function exitCode(findings: Finding[]): 0 | 1 | 2 {
  const has = (severity: Severity) => findings.some(finding => finding.severity === severity)
  return has('error') ? 2 : has('warning') ? 1 : 0
}
