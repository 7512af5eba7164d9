import { check as checkContent } from '../check/check.ts'
import { keepIn } from '../check/kept-here.ts'
import { workInThreads } from '../check/threads.ts'
import type { Config } from '../config.ts'
import { formatProblem } from '../content/story.ts'
import { withCount } from './with-count.ts'

/** The verb `check`: prints every problem as `file:line message`, or that all checks passed. */
export async function check(config: Config): Promise<number> {
  const work = workInThreads()
  const progress = progressOn(process.stderr)
  const { content, library, lineCount, quoteCount, ...found } = await checkContent(config.contentDir, {
    staleDays: config.staleDays,
    work,
    // What the bot has checked with this program and these settings is not checked again.
    keep: keepIn(config.dataDir),
    onProgress: progress.show,
  }).finally(progress.clear)
  await work.stop()
  const { stories } = content
  if (found.warnings.length > 0) process.stderr.write(`${found.warnings.map(formatProblem).join('\n')}\n`)
  const problems = [...found.problems, ...found.missingIds]
  if (problems.length > 0) {
    process.stderr.write(
      `${problems.map(formatProblem).join('\n')}\n${withCount(problems.length, 'problem')}\n`,
    )
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
  return 0
}

const BAR_WIDTH = 30

/** Shows how far a check has come, where somebody looks at it. */
function progressOn(terminal: NodeJS.WriteStream): { show(done: number, all: number): void; clear(): void } {
  if (!terminal.isTTY) return { show: () => {}, clear: () => {} }
  return {
    show: (done, all) => {
      const filled = Math.round((BAR_WIDTH * done) / all)
      terminal.write(`\r[${'#'.repeat(filled)}${' '.repeat(BAR_WIDTH - filled)}] ${done} of ${all} stories`)
    },
    clear: () => void terminal.write('\r\x1b[K'),
  }
}
