/**
 * A name in a paragraph, by numbers of its tokens: `first` to `last` with the titles and roles before it, the name itself
 * from `nameFirst` on. A `role` alone has no name (“the Prime Minister”).
 */
export type Mention = {
  first: number
  nameFirst: number
  last: number
  kind: 'person' | 'organisation' | 'place' | 'role' | 'unknown'
  title?: string
  start: number
  end: number
}
