import { check as checkContent } from '../check/check.ts'
import type { Config } from '../config.ts'
import { formatProblem } from '../content/story.ts'
import { withCount } from './with-count.ts'

/** The verb `check`: prints every problem as `file:line message`, or that all checks passed. */
export async function check(config: Config): Promise<number> {
  const { content, library, lineCount, ...found } = await checkContent(config.contentDir, {
    staleDays: config.staleDays,
  })
  const { stories } = content
  const problems = [...found.problems, ...found.missingIds]
  if (problems.length > 0) {
    process.stderr.write(
      `${problems.map(formatProblem).join('\n')}\n${withCount(problems.length, 'problem')}\n`,
    )
    return 1
  }
  const quotes = stories.reduce((count, story) => count + story.quotes.length, 0)
  const counts = [
    withCount(stories.length, 'story', 'stories'),
    withCount(quotes, 'quote'),
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
