import { type Finding, findingsFor } from './finding.ts'

const { error, ok } = findingsFor('clock')

/** Beyond a minute no time service keeps this clock. */
const MAX_DIFFERENCE_MS = 60_000
const CURE = 'Turn on the time service of this machine: sudo timedatectl set-ntp true'

/** Compares our clock with those of the platforms that answered: signatures and the times of digests depend on it. */
export function diagnoseClock(offsets: Map<string, number>): Finding[] {
  const [host, offsetMs] = [...offsets].sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))[0] ?? []
  if (host === undefined || offsetMs === undefined) return []
  if (Math.abs(offsetMs) <= MAX_DIFFERENCE_MS) return [ok('clock', 'The clock is right.')]
  const seconds = Math.round(Math.abs(offsetMs) / 1000)
  return [
    error(
      'clock-wrong',
      `The clock of this machine is ${seconds} s ${offsetMs > 0 ? 'ahead of' : 'behind'} that of ${host}: requests from Slack are refused, and digests are sent at the wrong time.`,
      CURE,
    ),
  ]
}
