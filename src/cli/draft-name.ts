import { withoutAccents } from '../content/fold.ts'

/** What a story may be called: as for folders of `stories/`. */
const NAME = /^[a-z0-9][a-z0-9-]{0,31}$/
const MAX_NAME = 32

/** Throws where a name that was given cannot be that of a story. */
export function checkName(name: string): void {
  if (!NAME.test(name))
    throw new Error(`import: --as needs up to ${MAX_NAME} small letters, digits and hyphens, such as bridge`)
}

/** The name of a draft: the first words of its title, or the name of its file. */
export function draftName(title: string | undefined, file: string): string {
  const bare = file.replace(/^.*[/\\]/, '').replace(/\.\w{1,5}$/, '')
  return nameFrom(title ?? '') ?? nameFrom(bare) ?? 'page'
}

/** As many whole words of a text as a name may have. */
function nameFrom(text: string): string | undefined {
  const words = withoutAccents(text.toLowerCase().replace(/['’]/g, '')).match(/[a-z0-9]+/g) ?? []
  let name = ''
  for (const word of words) {
    const longer = name === '' ? word : `${name}-${word}`
    if (longer.length > MAX_NAME) break
    name = longer
  }
  return NAME.test(name) ? name : undefined
}
