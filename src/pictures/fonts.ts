import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Source Serif and Source Sans, by Adobe, under the SIL Open Font License; one file per character set. */
const FAMILIES = [
  { name: 'serif', pack: 'source-serif-4', weights: [400, 600] },
  { name: 'sans', pack: 'source-sans-3', weights: [400, 600] },
] as const
const CHARACTER_SETS = ['latin', 'latin-ext', 'vietnamese', 'greek', 'cyrillic', 'cyrillic-ext'] as const

/** The CSS font family of each font: a character is taken from the first file that has it. */
export const FONT_FAMILY = {
  serif: CHARACTER_SETS.map(set => `serif-${set}`).join(', '),
  sans: CHARACTER_SETS.map(set => `sans-${set}`).join(', '),
}

/** One file of a font: one character set in one weight. */
export type FontFile = { family: string; name: string; weight: 400 | 600; style: 'normal'; path: string }

/** All font files that are bundled. */
export const FONT_FILES: FontFile[] = FAMILIES.flatMap(({ name: family, pack, weights }) =>
  CHARACTER_SETS.flatMap(set =>
    weights.map(weight => ({
      family,
      name: `${family}-${set}`,
      weight,
      style: 'normal' as const,
      path: fileURLToPath(
        import.meta.resolve(`@fontsource/${pack}/files/${pack}-${set}-${weight}-normal.woff`),
      ),
    })),
  ),
)

/** Text that needs no file but those of the `latin` set. */
const LATIN_TEXT =
  /^[\n\u0020-\u007e\u00a0-\u00ff\u0131\u0152\u0153\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026\u20ac\u2122\u2212]*$/

const fontCache = new Map<boolean, (FontFile & { data: Buffer })[]>()

/** Loads the fonts for some texts. Most texts need only Latin; the other files cost time and memory. */
export function fontsFor(texts: string[]): (FontFile & { data: Buffer })[] {
  const isLatin = texts.every(text => LATIN_TEXT.test(text))
  const cached = fontCache.get(isLatin)
  if (cached) return cached
  const files = FONT_FILES.filter(({ name }) => !isLatin || name.endsWith('-latin'))
  const fonts = files.map(file => ({ ...file, data: readFileSync(file.path) }))
  fontCache.set(isLatin, fonts)
  return fonts
}
