import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Source Serif and Source Sans, by Adobe, under the SIL Open Font License: each in files of some letters each. */
const FAMILIES = [
  { name: 'serif', pack: 'source-serif-4', weights: [400, 600] },
  { name: 'sans', pack: 'source-sans-3', weights: [400, 600] },
] as const
const CHARACTER_SETS = ['latin', 'latin-ext', 'vietnamese', 'greek', 'cyrillic', 'cyrillic-ext'] as const

/** What a family is called where something is set in it: each letter is taken from the first file that has it. */
export const FONT_FAMILY = {
  serif: CHARACTER_SETS.map(set => `serif-${set}`).join(', '),
  sans: CHARACTER_SETS.map(set => `sans-${set}`).join(', '),
}

/** One file of letters of a font. */
export type FontFile = { family: string; name: string; weight: 400 | 600; style: 'normal'; path: string }

/** Every file of letters that is bundled. */
export const FONT_FILES: FontFile[] = FAMILIES.flatMap(({ name: family, pack, weights }) =>
  CHARACTER_SETS.flatMap(set =>
    weights.map(weight => ({
      ...{ family, name: `${family}-${set}`, weight, style: 'normal' as const },
      path: fileURLToPath(
        import.meta.resolve(`@fontsource/${pack}/files/${pack}-${set}-${weight}-normal.woff`),
      ),
    })),
  ),
)

const LATIN_TEXT =
  /^[\n\u0020-\u007e\u00a0-\u00ff\u0131\u0152\u0153\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026\u20ac\u2122\u2212]*$/

const fontCache = new Map<boolean, (FontFile & { data: Buffer })[]>()

/** The fonts for some texts. Most need the Latin letters alone, and the others take their time and their memory. */
export function fontsFor(texts: string[]): (FontFile & { data: Buffer })[] {
  const latin = texts.every(text => LATIN_TEXT.test(text))
  const known = fontCache.get(latin)
  if (known) return known
  const files = FONT_FILES.filter(({ name }) => !latin || name.endsWith('-latin'))
  const fonts = files.map(file => ({ ...file, data: readFileSync(file.path) }))
  fontCache.set(latin, fonts)
  return fonts
}
