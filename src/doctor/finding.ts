/** How bad a finding is. `note` is worth knowing and asks for nothing. */
export type Severity = 'error' | 'warning' | 'note' | 'ok'

/** The part of a set-up that a finding is about. */
export type Area =
  | 'node'
  | 'settings'
  | 'slack'
  | 'discord'
  | 'commands'
  | 'places'
  | 'desk'
  | 'clock'
  | 'data'
  | 'content'

/**
 * One thing that was found. `id` never changes, so that scripts can hold on to it; `says` is one sentence, and `cure` an
 * instruction that one can follow.
 */
export type Finding = { area: Area; id: string; severity: Severity; says: string; cure?: string }

/** What no API tells: what to look at, where to click, and what should stand there. */
export type ManualCheck = { what: string; where: string }

/** What a look at one area brings. */
export type Diagnosis = { findings: Finding[]; byEye?: ManualCheck[] }

/** Makes findings of an area. */
export const findingsFor = (area: Area) => {
  const of = (severity: Severity) => (id: string, says: string, cure?: string) => ({
    ...{ area, id, severity, says },
    ...(cure !== undefined && { cure }),
  })
  return { error: of('error'), warning: of('warning'), note: of('note'), ok: of('ok') }
}

/** 2 with errors, 1 with warnings alone, else 0. */
export function exitCode(all: Finding[]): 0 | 1 | 2 {
  const has = (severity: Severity) => all.some(one => one.severity === severity)
  return has('error') ? 2 : has('warning') ? 1 : 0
}
