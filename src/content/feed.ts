/**
 * A feed that items come from: one entry of `feeds.yml`. `only` and `not` are words that keep or drop its items; `stories`
 * are those that its items may belong to, all if there are none.
 */
export type Feed = {
  name: string
  outlet: string
  url: string
  /** The time zone of its dates that name none. */
  zone?: string
  /** How often it is asked; its own wishes make it longer. */
  everyMs: number
  only?: string[]
  not?: string[]
  stories?: string[]
  /** What may be shown of its items beyond their titles; kept for editors, and nothing more is shown today. */
  rights?: string
}
