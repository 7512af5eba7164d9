/** Characters that people cannot see, or cannot tell from another, with the name under which editors know them. */
const NAMES: [from: number, to: number, name: string][] = [
  [0x09, 0x09, 'a tab'],
  [0x0a, 0x0d, 'a line end'],
  [0xa0, 0xa0, 'a no-break space (U+00A0)'],
  [0xad, 0xad, 'a soft hyphen (U+00AD)'],
  [0x61c, 0x61c, 'a mark of the text direction (U+061C)'],
  [0x180e, 0x180e, 'an invisible space (U+180E)'],
  [0x2000, 0x200a, 'a space of another width'],
  [0x200b, 0x200b, 'an invisible space (U+200B)'],
  [0x200c, 0x200d, 'an invisible joiner'],
  [0x200e, 0x200f, 'a mark of the text direction'],
  [0x2028, 0x2029, 'a line end of a word processor'],
  [0x202a, 0x202e, 'a mark of the text direction'],
  [0x202f, 0x202f, 'a narrow no-break space (U+202F)'],
  [0x205f, 0x205f, 'a space of another width (U+205F)'],
  [0x2060, 0x2064, 'an invisible joiner'],
  [0x2066, 0x2069, 'a mark of the text direction'],
  [0x3000, 0x3000, 'a wide space (U+3000)'],
  [0xfe00, 0xfe0f, 'an invisible variation mark'],
  [0xfeff, 0xfeff, 'a byte order mark (U+FEFF)'],
]

/** Names the first character of a text that cannot be seen; undefined for a letter, a sign or an ordinary space. */
export function nameOfUnseen(text: string): string | undefined {
  const code = text.codePointAt(0) ?? 0
  const [, , name] = NAMES.find(([from, to]) => code >= from && code <= to) ?? []
  if (name === undefined || name.includes('U+') || code < 0x80) return name
  return `${name} (U+${code.toString(16).toUpperCase().padStart(4, '0')})`
}

/** Finds the first character of a text that cannot be seen; undefined if there is none. */
export function findUnseen(text: string): { index: number; name: string } | undefined {
  for (let index = 0; index < text.length; index++) {
    const name = nameOfUnseen(text[index]!)
    if (name !== undefined) return { index, name }
  }
  return undefined
}
