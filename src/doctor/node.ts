import { type Finding, findingsFor } from './finding.ts'

const { error, ok } = findingsFor('node')

/** Checks whether Node is new enough. A Node that cannot run TypeScript never gets here: src/doctor.js reports it. */
export function diagnoseNode(version: string): Finding[] {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  if (major > 24 || (major === 24 && minor >= 15)) return [ok('node', `Node ${version}.`)]
  return [
    error(
      'node-old',
      `nutgraf needs Node 24.15 or newer; this is ${version}.`,
      'Run npm rebuild once after npm ci (Linux), or install Node 24.',
    ),
  ]
}
