/** Syllables of English newspapers, so that made-up words are about as wide and as common in their letters as real ones. */
const ONSETS = 'b br c ch cl d dr f fl g gr h j k l m n p pl pr qu r s sc sh st t tr v w'.split(' ')
const VOWELS = 'a e i o u ai ea ee ou a e i o'.split(' ')
const CODAS = ['', '', '', 'l', 'n', 'r', 's', 't', 'nd', 'rk', 'st']
const ENDING = /(?:ing|ed|es|ly|s)$/
const SHORTEST_STEM = 4

/** Words that mean something else in YAML. */
const WORDS_OF_YAML = new Set(['null', 'true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n'])

/** Returns numbers from 0 up to 1, the same on each run for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Splits a word into its stem and its ending, so that `order`, `orders` and `ordered` stay forms of one word. */
export function splitEnding(word: string): { stem: string; ending: string } {
  const ending = ENDING.exec(word)?.[0] ?? ''
  return word.length - ending.length < SHORTEST_STEM
    ? { stem: word, ending: '' }
    : { stem: word.slice(0, word.length - ending.length), ending }
}

/** Returns `count` words, each with exactly `length` letters, none twice and none of `taken`. */
export function makeUpWords(
  length: number,
  count: number,
  taken: ReadonlySet<string>,
  seed: number,
): string[] {
  const random = createRandom(seed * 100 + length)
  const pick = <T>(choices: T[]): T => choices[Math.floor(random() * choices.length)]!
  const words = new Set<string>()
  // Few short words exist: the limit ends the search for more of them.
  for (let tries = count * 20; words.size < count && tries > 0; tries--) {
    let word = ''
    while (word.length < length) word += pick(ONSETS) + pick(VOWELS) + pick(CODAS)
    word = word.slice(0, length)
    if (!taken.has(word) && !WORDS_OF_YAML.has(word)) words.add(word)
  }
  return [...words]
}
