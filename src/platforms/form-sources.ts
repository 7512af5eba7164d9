import type { Call, DigestSettings, FormSource, Handlers } from '../chat/platform.ts'

type Sources = Pick<Handlers, 'settings' | 'forms'>

/** The form that a call asks for: where it comes from, and its subject. Undefined where a call is answered with words. */
export function findForm(
  { settings, forms = [] }: Sources,
  call: Call,
): { source: DigestSettings | FormSource; name?: string } | undefined {
  for (const source of [...(settings ? [settings] : []), ...forms]) {
    const match = source.matchCall(call)
    if (match) return { source, ...match }
  }
  return undefined
}

/** Where the form of a name comes from: forms are told apart by how their names begin. */
export const sourceOfForm = (
  { settings, forms = [] }: Sources,
  name: string,
): DigestSettings | FormSource | undefined => forms.find(({ prefix }) => name.startsWith(prefix)) ?? settings

/** The title above a form; the settings of digests have the one given. */
export const titleOfForm = (source: DigestSettings | FormSource, ofSettings: string): string =>
  'title' in source ? source.title : ofSettings
