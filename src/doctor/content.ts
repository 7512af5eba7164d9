import { keepIn, keptDocuments } from '../check/kept-here.ts'
import { BrokenContent, openLiveContent } from '../check/live-content.ts'
import { workInThreads } from '../check/threads.ts'
import { createHandler, type Handler } from '../commands/handler.ts'
import type { Config } from '../config.ts'
import type { Digest } from '../content/digest.ts'
import { countEventsWithoutId, WRITE_IDS_COMMAND } from '../content/events/missing-ids.ts'
import type { Feed } from '../content/feed.ts'
import type { SenderRow } from '../content/senders/sender-row.ts'
import type { Story } from '../content/story.ts'
import { approvalProblems } from '../digests/approval-settings.ts'
import { type Finding, findingsFor } from './finding.ts'

const { error, warning, ok } = findingsFor('content')

const SILENT_LOG = { debug() {}, info() {}, warn() {}, error() {} }
const GUIDE = 'content/README.md explains the format; npm run check checks it again.'

/** What is said of the content, and what is in it, if it can be read. */
type ContentFindings = {
  findings: Finding[]
  commands?: ReturnType<Handler['commands']>
  feeds?: Feed[]
  senders?: SenderRow[]
}

/** Digests that wait for an approval that nobody can give. */
const unapprovable = (digests: Digest[], config: Config): Finding[] =>
  approvalProblems(digests, config).map(({ problem }) =>
    error(
      'digest-approval',
      `${problem[0]!.toUpperCase()}${problem.slice(1)}.`,
      'Set it as docs/approval.md says, or take “approve: desk” out of digests.yml.',
    ),
  )

/** Checks the content, and gives the commands of its stories, its feeds and its senders. */
export async function diagnoseContent(config: Config): Promise<ContentFindings> {
  const { contentDir, dataDir, staleDays, zone, deskUsers } = config
  try {
    const live = await openLiveContent(contentDir, {
      // Doctor writes nothing.
      keep: { ...keepIn(dataDir), readOnly: true },
      work: workInThreads(),
      staleDays,
      documents: keptDocuments(dataDir),
    })
    const { library } = live
    const { stories } = library()
    const problems = live.problems()
    const commands = createHandler({ library, version: '', zone, deskUsers }, SILENT_LOG).commands()
    const passed = `${stories.length} ${stories.length === 1 ? 'story has' : 'stories have'} passed every check.`
    const finding =
      stories.length === 0
        ? warning(
            'content-empty',
            `There is no story in ${contentDir}.`,
            'content/README.md explains how to add one.',
          )
        : ok('content', passed)
    return {
      commands,
      feeds: library().feeds,
      senders: live.senders(),
      // A story that is broken is answered from as it was good last, and is wrong all the same.
      findings:
        problems.length > 0
          ? wrongContent(problems)
          : [finding, ...missingIds(stories), ...unapprovable(library().digests, config)],
    }
  } catch (cause) {
    if (cause instanceof BrokenContent) return { findings: wrongContent(cause.message.split('\n')) }
    const why = cause instanceof Error ? cause.message : String(cause)
    return {
      findings: [
        error(
          'content-unread',
          `The content cannot be read: ${why}.`,
          'Set CONTENT_DIR to the folder of the stories.',
        ),
      ],
    }
  }
}

const wrongContent = (problems: string[]): Finding[] =>
  problems.map(problem => error('content-wrong', `${problem}.`, cureOf(problem)))

function missingIds(stories: Story[]): Finding[] {
  const count = countEventsWithoutId(stories)
  if (count === 0) return []
  const events = count === 1 ? '1 event needs an id and has none' : `${count} events need an id and have none`
  return [
    warning(
      'content-ids',
      `${events}: a correction could reach the wrong one.`,
      `Run “${WRITE_IDS_COMMAND}”, which writes all that are missing.`,
    ),
  ]
}

function cureOf(problem: string): string {
  if (/Slack keeps this name|already a command|is already that/.test(problem))
    return 'Choose another name for “command:” in that story.md, or remove the line: the story then answers to /nutgraf.'
  return `Correct that line. ${GUIDE}`
}
