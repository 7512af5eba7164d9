/** Shorter words have no forms that could be told from other words. */
const MIN_LENGTH = 3

/** How English words end in their forms, and what stands in place of the ending in another form. */
const ENDINGS: [ending: string, others: string[]][] = [
  ['ies', ['y']],
  ['es', ['', 'e']],
  ['s', ['']],
  ['ied', ['y']],
  ['ed', ['', 'e', 's', 'es', 'ing']],
  ['ing', ['', 'e', 's', 'es', 'ed']],
  ['y', ['ies', 'ied']],
  ['e', ['es', 'ed', 'ing']],
  ['', ['s', 'es', 'ed', 'ing']],
]

/** Other forms that an English word may have: `sue` is in `sued` and `sues`, `cities` in `city`. Some are no words. */
export function wordForms(word: string): string[] {
  if (word.length < MIN_LENGTH || !/^[a-z]+$/.test(word)) return []
  const forms = ENDINGS.filter(([ending]) => word.endsWith(ending)).flatMap(([ending, others]) => {
    const stem = word.slice(0, word.length - ending.length)
    return stem.length < MIN_LENGTH - 1 ? [] : others.map(other => stem + other)
  })
  return [...new Set(forms)].filter(form => form !== word && form.length >= MIN_LENGTH)
}
