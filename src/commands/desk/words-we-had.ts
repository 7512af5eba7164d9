import { note, type Reply, refusal, text } from '../../chat/reply.ts'
import { hadWords, partWordsOf } from '../../content/part-words.ts'
import type { CorrectionEntry } from '../../content/same-correction.ts'
import type { Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { DeskRequest } from '../context.ts'
import { shortenMiddle } from '../quote/differences.ts'

/**
 * Refuses a correction that says what was not so: `was` must be words that the part has or had in a revision that is
 * known, or that an earlier correction gave it. Undefined if it is.
 */
export async function refuseWordsNeverHad(
  { desk }: Pick<DeskRequest, 'desk'>,
  story: Story,
  { part, was }: CorrectionEntry,
): Promise<Reply | undefined> {
  const id = `${story.slug}/${part}`
  const now = partWordsOf(story).get(id) ?? ''
  if (hadWords(now, was)) return undefined
  const corrected = story.corrections.filter(correction => correction.part === part)
  if (corrected.some(correction => hadWords(correction.now, was) || hadWords(correction.was, was)))
    return undefined
  const revisions = await desk.store.partWords.ofRevisions(id)
  if (revisions.some(words => words !== undefined && hadWords(words, was))) return undefined
  const [first = ''] = now.split('\n')
  const notKnown = revisions.slice(1).some(words => words === undefined)
  return refusal(
    [phrases.correction.wordsNeverHad(id)],
    text(...phrases.correction.wordsNow(shortenMiddle(first))),
    ...(notKnown
      ? [note(phrases.correction.olderWordsNotKnown(`stories/${story.slug}/corrections.yml`))]
      : []),
  )
}
