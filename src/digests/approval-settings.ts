import type { Config } from '../config.ts'
import { approvalRule, type Digest } from '../content/digest.ts'

/** A group of people in DESK_USERS: a user group of Slack, or a role on Discord. */
const GROUP = /^(?:slack:[^/]+\/S|discord:\d+\/)/

/**
 * Says of each digest that needs the desk's approval why nobody can give it, with the settings as they are: its editions
 * would all be held. None if everything is there.
 */
export function approvalProblems(
  digests: Digest[],
  { deskPlace, deskUsers }: Pick<Config, 'deskPlace' | 'deskUsers'>,
): { digest: string; problem: string }[] {
  return digests.flatMap(digest => {
    const rule = approvalRule(digest)
    if (!rule) return []
    const { name } = digest
    const needs = `the digest “${name}” needs the desk’s approval`
    const hasGroups = deskUsers.some(user => GROUP.test(user))
    const problems = [
      deskUsers.length === 0 && `${needs}, and DESK_USERS is not set: nobody can approve it`,
      deskUsers.length > 0 &&
        !hasGroups &&
        deskUsers.length < rule.approvals &&
        `${needs} by ${rule.approvals} people, and DESK_USERS names ${deskUsers.length}`,
      deskPlace === undefined && `${needs}, and DESK_CHANNEL is not set: it is shown to nobody`,
      deskPlace?.startsWith('webhook:') &&
        `${needs}, and DESK_CHANNEL is a webhook: nobody can press a button or type there`,
    ]
    return problems.flatMap(problem => (typeof problem === 'string' ? [{ digest: name, problem }] : []))
  })
}

/** The line of a file of digests that asks for the approval of a digest, counted from 1. */
export function approveLine(text: string, digest: string): number {
  const lines = text.split('\n')
  const named = lines.findIndex(line => /^[\s-]*name:\s*["']?([a-z0-9-]+)/.exec(line)?.[1] === digest)
  const approve = lines.findIndex((line, index) => index >= named && /^[\s-]*approve:/.test(line))
  return Math.max(named, approve, 0) + 1
}
