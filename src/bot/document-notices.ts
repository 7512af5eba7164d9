import type { Config } from '../config.ts'
import type { Pipeline } from '../delivery/pipeline.ts'
import { phrases } from '../phrases/phrases.ts'
import type { NewDelivery } from '../store/delivery.ts'
import { formatFailure } from '../store/failure-text.ts'
import type { OpenBot } from './open.ts'

/** All that no longer fits is one trouble: whoever mends one mends the others too. */
const SUBJECT = 'documents'

/**
 * Looks after what the desk added: lets go of what the files have, and tells editors once when something no longer fits
 * the files, and once when all fits again. Only where this process's files are those that count: its own, or those of the
 * content that is in use.
 */
export function careForDocuments(
  { stories, documents, store, log }: Pick<OpenBot, 'stories' | 'documents' | 'store' | 'log'>,
  { databaseUrl, deskPlace }: Pick<Config, 'databaseUrl' | 'deskPlace'>,
  { contentLease, lane }: Pick<Pipeline, 'contentLease' | 'lane'>,
): () => Promise<void> {
  let told: string | undefined

  const noticeOf = (text: string, at: number) => async (): Promise<NewDelivery | undefined> =>
    deskPlace === undefined
      ? undefined
      : {
          key: `notice ${SUBJECT} ${at}`,
          kind: 'notice',
          place: deskPlace,
          lane: lane(deskPlace),
          number: 1,
          state: 'due',
          dueAt: at,
          selection: JSON.stringify({ text }),
        }

  async function tell(problems: string[]): Promise<void> {
    if (problems.join('\n') === told) return
    const at = await store.clock()
    const [first = ''] = problems
    const sentence =
      problems.length > 0
        ? phrases.correction.additionsDoNotFit(first, problems.length - 1)
        : phrases.correction.additionsFitAgain()
    const isNew =
      problems.length > 0
        ? await store.faults.raise(
            SUBJECT,
            formatFailure({ message: first, human: sentence }),
            noticeOf(sentence, at),
          )
        : await store.faults.resolve(SUBJECT, noticeOf(sentence, at))
    if (isNew) {
      log.warn({ problems }, `desk: ${sentence}`)
      await store.notify()
    }
    told = problems.join('\n')
  }

  return async () => {
    if (databaseUrl !== undefined && !contentLease.isHolder()) return
    await documents.letGo()
    await tell(stories.problems().filter(problem => problem.startsWith('desk: ')))
  }
}
