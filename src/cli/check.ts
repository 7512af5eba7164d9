import { check as checkContent } from '../check/check.ts'
import type { Config } from '../config.ts'
import { formatProblem } from '../content/story.ts'

/** The verb `check`: prints every problem as `file:line message`, or one line of praise. */
export async function check(config: Config): Promise<number> {
  const { content, library, problems, lineCount } = await checkContent(config.contentDir, {
    staleDays: config.staleDays,
  })
  const { stories } = content
  if (problems.length > 0) {
    process.stderr.write(
      `${problems.map(formatProblem).join('\n')}\n${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n`,
    )
    return 1
  }
  const quotes = stories.reduce((count, story) => count + story.quotes.length, 0)
  process.stdout.write(
    `${stories.length} stories, ${quotes} quotes found byte for byte in their sources, ${lineCount} answers fit Slack, Discord and a phone.\n`,
  )
  const names = library.stories.flatMap(story => story.command ?? [])
  process.stdout.write(
    `Slack knows a new command only after you paste the manifest: ${['nutgraf', 'quote', ...names, 'digest', ...(config.deskUsers.length > 0 ? ['desk'] : [])].map(name => `/${name}`).join(' ')}\n`,
  )
  return 0
}
