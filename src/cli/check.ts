import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { check as checkContent } from '../check/check.ts'
import { keepIn, keptDocuments } from '../check/kept-here.ts'
import { workInThreads } from '../check/threads.ts'
import type { Config } from '../config.ts'
import type { Digest } from '../content/digest.ts'
import { formatProblem, type Problem } from '../content/story.ts'
import { approvalProblems, approveLine } from '../digests/approval-settings.ts'
import { progressOn } from './progress-bar.ts'
import { checkDrafts, describeDrafts } from './story/describe-drafts.ts'
import { withCount } from './with-count.ts'

/** The verb `check`: prints every problem as `file:line message`, or that all checks passed. */
export async function check(config: Config): Promise<number> {
  const work = workInThreads()
  const progress = progressOn(process.stderr, 'stories')
  const { content, library, lineCount, quoteCount, ...found } = await checkContent(config.contentDir, {
    staleDays: config.staleDays,
    work,
    // What the bot has checked with this program and these settings is not checked again.
    keep: keepIn(config.dataDir),
    documents: keptDocuments(config.dataDir),
    onProgress: progress.show,
  }).finally(progress.clear)
  await work.stop()
  const drafts = describeDrafts(await checkDrafts(config))
  const { stories } = content
  const warnings = [...found.warnings, ...approvalWarnings(config, content.digests)]
  if (warnings.length > 0) process.stderr.write(`${warnings.map(formatProblem).join('\n')}\n`)
  const problems = [...found.problems, ...found.missingIds]
  if (problems.length > 0) {
    process.stderr.write(
      `${problems.map(formatProblem).join('\n')}\n${withCount(problems.length, 'problem')}\n`,
    )
    process.stderr.write(drafts)
    return 1
  }
  const counts = [
    withCount(stories.length, 'story', 'stories'),
    withCount(quoteCount, 'quote'),
    withCount(lineCount, 'answer'),
  ]
  process.stdout.write(
    `${counts.join(', ')}. All checks passed: quotes match their sources byte for byte, and answers fit Slack, Discord and a phone.\n`,
  )
  const storyCommands = library.stories.flatMap(story => story.command ?? [])
  const deskCommand = config.deskUsers.length > 0 ? ['desk'] : []
  const commands = ['nutgraf', 'quote', ...storyCommands, 'digest', ...deskCommand].map(name => `/${name}`)
  process.stdout.write(`For new commands on Slack, paste the manifest again: ${commands.join(' ')}\n`)
  process.stdout.write(drafts)
  return 0
}

/**
 * What the settings of this machine lack for digests that the desk approves. It is not refused: content is often checked where
 * no bot runs.
 */
function approvalWarnings(config: Config, digests: Digest[]): Problem[] {
  const problems = approvalProblems(digests, config)
  if (problems.length === 0) return []
  const file = join(config.contentDir, 'digests.yml')
  const text = readFileSync(file, 'utf8')
  return problems.map(({ digest, problem }) => ({ file, line: approveLine(text, digest), message: problem }))
}
