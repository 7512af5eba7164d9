import { plural } from './counting.ts'

/** `“a”`, `“a” or “b”`: names that may be meant. */
const either = (names: string[]): string => names.map(name => `“${name}”`).join(' or ')

const didYouMean = (names: string[]): string => (names.length > 0 ? ` Did you mean ${either(names)}?` : '')

/** Sentences of a replay, in the terminal and on the page of the preview. */
export const replay = {
  /** The heading of a replay: `Replay · Chicago v. Sessions · Morning brief · Mon–Fri 08:00 … · 25 Jul to …`. */
  heading: (stories: string[], digest: string, rhythm: string, from: string, to: string) => {
    const [first = '', ...others] = stories
    const named = others.length === 0 ? first : `${first} and ${plural(others.length, 'other')}`
    return `Replay · ${named} · ${digest} · ${rhythm} · ${from} to ${to}`
  },
  assumption:
    'As if each event, quote and correction had been entered at noon of its own day. Nothing is posted or stored.',
  inThread: 'in the thread',
  quietDays: (days: number, posts: 'skip' | 'note') =>
    posts === 'skip'
      ? `${plural(days, 'quiet day')}: nothing posted`
      : `${plural(days, 'quiet day')}: one line ${days === 1 ? 'that says' : 'each, which says'} so`,
  nothing: 'No brief would have been posted in this time.',
  totals: ({ briefs, entries, words }: { briefs: number; entries: number; words: number }) =>
    `${plural(briefs, 'brief')} · ${plural(entries, 'entry', 'entries')} · ${plural(words, 'word')} a brief`,
  longest: (when: string, words: number) => `longest: ${when}, ${plural(words, 'word')}`,
  onlyFirst: (shown: number, next: string) =>
    `Only the first ${plural(shown, 'brief')}. To go on, begin at ${next}.`,

  /** The replay of the sample feed, which has no dates, but moments. */
  sample: {
    heading: (digests: string[]) => `Replay · sample feed · ${digests.join(' · ')}`,
    about:
      'What the sample feed says within two minutes, as it would have been posted. Nothing is posted or stored.',
    choice: 'sample feed: reports as they come, and a brief',
    moment: (
      clock: string,
      digest: string,
      { isEdit, isInThread }: { isEdit: boolean; isInThread: boolean },
    ) => `${clock} · ${digest}${isInThread ? ', in the thread' : ''}${isEdit ? ', edited' : ''}`,
    totals: (posts: number, edits: number) => `${plural(posts, 'post')} · ${plural(edits, 'edit')} of them`,
    nothingElse:
      'The sample feed is shown with the first digest and its own times: leave out --digest, --from and --to.',
  },

  noStory: (typed: string, closest: string[]) => `There is no story “${typed}”.${didYouMean(closest)}`,
  withdrawn: (typed: string, on: string, reason: string) =>
    `The story “${typed}” was taken down on ${on}: ${reason}`,
  noDigest: (typed: string, closest: string[]) => `There is no digest “${typed}”.${didYouMean(closest)}`,
  noDigests: 'There is no digest to replay. Define one in digests.yml.',
  noStories: (digest: string) => `The digest “${digest}” has no story. Name one.`,
  noDate: (side: 'from' | 'to', typed: string) =>
    `“${typed}” is no date to ${side === 'from' ? 'begin' : 'end'} at. Write it like 2017-07-25, 2017-07 or 2017.`,
  endsFirst: (from: string, to: string) => `It would end on ${to}, before it begins on ${from}.`,
  tooLong: 'That is more than ten years. Choose a shorter time.',
}
