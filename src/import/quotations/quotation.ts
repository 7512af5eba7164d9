/**
 * Quoted words found in a text by rules. `start` and `end` are UTF-16 offsets of the words without their marks, `text`
 * what stands there, byte for byte. `turn` numbers what one speaker said in one go: the parts of a split quotation, and
 * quotations over several paragraphs, have the same. `kind` is `partial` where the words are a piece of the outlet's own
 * sentence. `speaker` is the fullest name that the text has for whoever is quoted, `named` how it is said beside the
 * quotation ("he", "a spokeswoman", "Dr. Mori"), `role` what the text says of them, byte for byte. `sure` is false where
 * an editor has to look.
 */
export type FoundQuotation = {
  start: number
  end: number
  text: string
  turn: number
  kind: 'direct' | 'partial'
  speaker?: string
  speakerKind: 'person' | 'other'
  named?: string
  role?: string
  sure: boolean
}

/**
 * Finds the direct quotations of a text, in order. Its paragraphs are separated by line ends. `labels` says that it is a
 * transcript: all that follows a speaker’s label is theirs.
 */
export type FindQuotations = (text: string, options?: { labels?: boolean }) => FoundQuotation[]
