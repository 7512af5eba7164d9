import { type Finding, findingsFor } from './finding.ts'

const { error, ok } = findingsFor('node')

/** Whether Node is new enough. One that is much too old never comes here: src/doctor.js says it then. */
export function diagnoseNode(version: string): Finding[] {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  if (major > 24 || (major === 24 && minor >= 15)) return [ok('node', `Node ${version}.`)]
  return [
    error(
      'node-old',
      `nutgraf needs Node 24.15 or newer; this is ${version}.`,
      'Run npm ci again (it brings Node 24 on Linux), or install Node 24.',
    ),
  ]
}
