/** A date of publication, and where it was found: what a page says in prose or in `<time>` alone is never sure. */
export type FoundDate = {
  date: string
  from: 'json-ld' | 'meta' | 'feed' | 'time' | 'address' | 'text'
  sure: boolean
}

/** One value of a page's head, and where it was found. */
export type FoundValue = { value: string; from: 'json-ld' | 'meta' | 'page' | 'feed' | 'address' }

/**
 * A page or a text, read: its paragraphs in order, one a line, as they will be stored as a source. `dropped` are the
 * lines that were taken for notices (sign up, read more, an outdated browser), word for word. `labels` marks a
 * transcript, whose lines begin with their speaker.
 */
export type Article = {
  title?: FoundValue
  outlet?: FoundValue
  author?: FoundValue
  published?: FoundDate
  url?: string
  text: string
  words: number
  dropped: string[]
  labels?: true
}
