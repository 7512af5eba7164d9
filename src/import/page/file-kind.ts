/** How files begin that are no text, each with what to call it. */
const BEGINNINGS: [bytes: string, kind: string][] = [
  ['%PDF-', 'a PDF: copy its text into a .txt file'],
  ['PK\x03\x04', 'a packed file, or one of Word: save it as plain text'],
  ['\xd0\xcf\x11\xe0', 'a file of Word: save it as plain text'],
  ['{\\rtf', 'rich text: save it as plain text'],
  ['\x1f\x8b', 'a packed file'],
  ['\x89PNG', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
  ['GIF8', 'a picture'],
  ['RIFF', 'a picture or a sound'],
  ['OggS', 'a sound'],
  ['ID3', 'a sound'],
  ['\x7fELF', 'a program'],
  ['MZ\x90', 'a program'],
]

/** What a file is that is no text, by its first bytes; undefined if it may be one. */
export function fileKind(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 16)).toString('latin1')
  if (head.slice(4, 8) === 'ftyp') return 'a film'
  return BEGINNINGS.find(([beginning]) => head.startsWith(beginning))?.[1]
}
