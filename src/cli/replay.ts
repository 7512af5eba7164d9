import { parseArgs } from 'node:util'
import { SAMPLE_CHOICE } from '../bot/sample/script.ts'
import { toPlainText } from '../chat/plain-text.ts'
import type { Reply } from '../chat/reply.ts'
import { commandLinesFor } from '../commands/digest/command-lines.ts'
import type { Config } from '../config.ts'
import { briefMoment, quietLine, replayHeading, totalsLine } from '../digests/replay/describe.ts'
import { readReplay } from '../digests/replay/read-query.ts'
import { type Replay, type ReplayStep, replayBriefs } from '../digests/replay/replay.ts'
import { phrases } from '../phrases/phrases.ts'
import { openStoriesOnly } from './open.ts'
import { phoneFrame } from './phone-frame.ts'

/** How this process was started: its version, and whether npm stands between it and whoever stops it. */
type Launch = { version: string; underNpm: boolean }

const USAGE = `nutgraf replay [<story> …] [--from <date>] [--to <date>] [--digest <name>] [--page]
nutgraf replay --sample-feed [<story> …] [--page]
  prints the briefs that would have been posted about these stories, or about those of the digest,
  if everything had been entered on its own day; --page shows them in the browser;
  with --sample-feed, what would have been posted of the reports of the sample feed`

/** The verb `replay`: prints the briefs that would have been posted. It needs no store, and posts nothing. */
export async function replay(config: Config, { version, underNpm }: Launch, args: string[]): Promise<number> {
  const { values, positionals: stories } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      digest: { type: 'string' },
      page: { type: 'boolean', default: false },
      'sample-feed': { type: 'boolean', default: false },
    },
  })
  const { page, 'sample-feed': isSample, ...asked } = values
  if (isSample && Object.keys(asked).length > 0) {
    process.stderr.write(`${phrases.replay.sample.nothingElse}\n`)
    return 2
  }
  if (!isSample && stories.length === 0 && asked.digest === undefined) {
    process.stderr.write(`${USAGE}\n`)
    return 2
  }
  const query = { stories, ...asked }
  const content = await openStoriesOnly(config)
  const read = readReplay(query, {
    library: content.library(),
    zone: config.zone,
    commandLines: commandLinesFor('preview:replay'),
  })
  if ('problems' in read) {
    process.stderr.write(`${read.problems.join('\n')}\n`)
    return 1
  }
  if (page) {
    const { serveReplay } = await import('./replay-page.ts')
    const shown = isSample ? { ...query, digest: SAMPLE_CHOICE } : query
    return serveReplay({ config, version, library: content.library, query: shown, underNpm })
  }
  // Whoever reads only the beginning (`… | head`) has what they want.
  process.stdout.once('error', () => process.exit(0))
  if (isSample) return printSample(read.replay)
  process.stdout.write(`${replayHeading(read.replay)}\n${phrases.replay.assumption}\n`)
  const steps: ReplayStep[] = []
  for (const step of replayBriefs(read.replay)) {
    steps.push(step)
    process.stdout.write(`\n${formatStep(step, read.replay)}\n`)
  }
  process.stdout.write(`\n${totalsLine(steps, read.replay)}\n`)
  return 0
}

/** Prints each post and each edit that the sample feed would have led to. */
async function printSample(replay: Replay): Promise<number> {
  const { replaySampleFeed } = await import('../bot/sample/sample-replay.ts')
  const { createLog } = await import('../bot/log.ts')
  const { heading, about, steps, total } = await replaySampleFeed(replay, Date.now(), createLog('error'))
  const frames = steps.map(({ moment, reply }) => phoneFrame([{ heading: moment, text: formatReply(reply) }]))
  process.stdout.write(`${heading}\n${about}\n\n${[...frames, total].join('\n\n')}\n`)
  return 0
}

/** A brief in a frame as wide as a phone, its thread reply below it; quiet days in one line. */
function formatStep(step: ReplayStep, replay: Replay): string {
  if ('quietDays' in step) return quietLine(step.quietDays, replay)
  const { reply, thread } = step.brief
  return phoneFrame([
    { heading: briefMoment(step.brief, replay), text: formatReply(reply) },
    ...(thread ? [{ heading: phrases.replay.inThread, text: formatReply(thread) }] : []),
  ])
}

const formatReply = (reply: Reply): string => {
  const buttons = (reply.buttons ?? []).map(({ label }) => `[${label}]`)
  return [toPlainText(reply), buttons.join(' ')].filter(Boolean).join('\n\n')
}
