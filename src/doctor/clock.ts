import { type Finding, findingsFor } from './finding.ts'

const { error, ok } = findingsFor('clock')

const MAX_DIFFERENCE_MS = 60_000
const CURE = 'Switch on the time service of this machine: sudo timedatectl set-ntp true'

/** Our clock against those of the platforms that answered: Slack refuses what is signed at another time, and digests follow it. */
export function diagnoseClock(ahead: Map<string, number>): Finding[] {
  const [host, by] = [...ahead].sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))[0] ?? []
  if (host === undefined || by === undefined) return []
  if (Math.abs(by) <= MAX_DIFFERENCE_MS) return [ok('clock', 'The clock is right.')]
  const seconds = Math.round(Math.abs(by) / 1000)
  return [
    error(
      'clock-wrong',
      `The clock of this machine is ${seconds} s ${by > 0 ? 'ahead of' : 'behind'} that of ${host}: requests from Slack are refused, and digests come at the wrong time.`,
      CURE,
    ),
  ]
}
