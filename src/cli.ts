import { readFileSync } from 'node:fs'
import type { Config } from './config.ts'

const USAGE = `nutgraf <verb>
  start [--role all|web|gateway|worker] [--sample-feed]
                                 run the bot; without any token, the preview; with a sample feed, reports arrive there
  ask "<line>" [--as text|slack|discord] [--save <file>]
                                 print the answer to one line, such as "/quote sessions", and exit; --save writes its picture
  digest list|import|send|due    which places receive which digest; send one now
  replay [<story>] [--from <date>] [--to <date>] [--digest <name>] [--page]
                                 read the briefs that would have been posted, on a phone's width; --sample-feed: reports
  audit <link|key> [--json] | log | verify
                                 what a message is based on; what editors did
  doctor [--json]                find problems with the set-up, and say how to fix each
  check                          find problems with the content, each with file and line
  import <file|-> [--into <story>] [--as <name>] | --url <address> | --all <folder>
                                 make a draft from a page or a text, with its quotations; publishes nothing
  story new|tick|publish|drafts  begin a story from a page or empty; what is ticked becomes the story
  content ids                    write the ids that events in timeline.yml need and do not have
  content pull [--dry-run]       write what the desk has added in chat into the files, to be committed
  manifest [slack|discord] [--all] [--prefix=<letters>] [--http <address>]
                                 print the Slack app manifest, or the Discord commands`

const SAMPLE_FEED = '--sample-feed'

/** The verbs. Each imports its code only when it runs, so that a small verb starts fast. */
const VERBS: Record<string, (config: Config, args: string[]) => Promise<number>> = {
  start: async (config, args) => {
    const { parseRole } = await import('./bot/roles.ts')
    const role = parseRole(args.filter(arg => arg !== SAMPLE_FEED))
    const code = await (await import('./bot/bot.ts')).runBot(config, version(), {
      role,
      underNpm: isUnderNpm(),
      sampleFeed: args.includes(SAMPLE_FEED),
    })
    // Everything is stopped: a request to a platform that does not answer must not keep the process running.
    process.exit(code)
  },
  ask: async (config, args) => (await import('./cli/ask.ts')).ask(config, version(), args),
  digest: async (config, args) => (await import('./cli/digest/digest.ts')).digest(config, args),
  replay: async (config, args) => {
    const launch = { version: version(), underNpm: isUnderNpm() }
    return (await import('./cli/replay.ts')).replay(config, launch, args)
  },
  audit: async (config, args) => (await import('./cli/audit.ts')).audit(config, args),
  check: async config => (await import('./cli/check.ts')).check(config),
  content: async (config, args) => (await import('./cli/content.ts')).content(config, args),
  import: async (config, args) => (await import('./cli/import.ts')).importPages(config, version(), args),
  story: async (config, args) => (await import('./cli/story/story.ts')).story(config, version(), args),
  manifest: async (config, args) => (await import('./cli/manifest.ts')).manifest(config, args),
}

async function main([name = 'help', ...args]: string[]): Promise<number> {
  if (name === '--version' || name === 'version') {
    process.stdout.write(`${version()}\n`)
    return 0
  }
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined
  if (!verb && name !== 'doctor') {
    const help = name === 'help' || name === '--help'
    process.stderr.write(`${help ? '' : `There is no verb “${name}”.\n`}${USAGE}\n`)
    return help ? 0 : 2
  }
  const { readEnvFile } = await import('./cli/env-file.ts')
  const { keepCompiledCode, keepNoCompiledCode } = await import('./cli/compile-cache.ts')
  const { parse } = await import('dotenv')
  for (const [setting, value] of Object.entries(readEnvFile('.env', parse))) process.env[setting] ??= value
  if (name === 'doctor') {
    keepNoCompiledCode(process.env)
    // Doctor reads settings that are too broken for any other verb.
    const code = await (await import('./cli/doctor.ts')).doctor(process.env, parse, args)
    process.exit(code)
  }
  if (name === 'start') (await import('./bot/new-space.ts')).keepNewSpaceSmall()
  // First of all, so that the rest is not compiled anew.
  keepCompiledCode(process.env)
  const { readConfig } = await import('./config.ts')
  const read = readConfig(process.env)
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  return verb!(read.config, args)
}

const isUnderNpm = () => process.env.npm_lifecycle_event !== undefined

const version = (): string =>
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (cause) {
  // People get the sentence; LOG_LEVEL=debug shows the stack.
  const message = cause instanceof Error ? cause.message : String(cause)
  process.stderr.write(
    `${process.env.LOG_LEVEL === 'debug' && cause instanceof Error ? cause.stack : message}\n`,
  )
  process.exit(1)
}
