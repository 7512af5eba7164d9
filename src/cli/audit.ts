import { parseArgs } from 'node:util'
import { auditMessage, type MessageAudit } from '../commands/desk/message-audit.ts'
import type { Config } from '../config.ts'
import type { BrokenEntry, LoggedAction } from '../store/editor-log.ts'
import { withStore, withStoreOnly } from './open.ts'

const USAGE = `nutgraf audit
  <link or key> [--json]         what a message shows, in which revision, and where the words are in their sources;
                                 give its link, its place and id (slack:T1/C1 1526384712.000200), or its key
  log [--json]                   what editors did, oldest first
  verify [<number>:<hash>]       whether that log is unchanged, up to an entry that was noted elsewhere`

/**
 * The verb `audit`: says what a message is based on, or what editors did. It changes nothing, and works beside a
 * running bot.
 */
export async function audit(config: Config, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  })
  const [what = 'help', ...rest] = positionals
  if (what === 'log') return printLog(config, values.json)
  if (what === 'verify') return verifyLog(config, rest[0])
  if (what === 'help') {
    process.stderr.write(`${USAGE}\n`)
    return 0
  }
  const query = positionals.join(' ')
  const message = await withStore(config, ({ store, library }) => auditMessage(store, library, query))
  if (!message)
    throw new Error(`audit: no message of ours is “${query}”: give a link, a place and an id, or a key`)
  process.stdout.write(values.json ? `${JSON.stringify(message, null, 2)}\n` : `${formatAudit(message)}\n`)
  return 0
}

async function printLog(config: Config, json: boolean): Promise<number> {
  const entries = await withStoreOnly(config, store => store.editorLog.entries())
  const parsed = entries.map(entry => ({ ...entry, details: JSON.parse(entry.details) as unknown }))
  process.stdout.write(json ? `${JSON.stringify(parsed, null, 2)}\n` : entries.map(formatEntry).join(''))
  return 0
}

const formatEntry = ({ number, at, who, place, what, details, hash }: LoggedAction) =>
  `${number}  ${isoTime(at)}  ${what}  by ${who} in ${place}  ${details}  ${hash}\n`

/** What each problem of an entry is called, after “entry 3”. */
const PROBLEM_TEXTS: Record<BrokenEntry['problem'], string> = {
  changed: 'is not as it was written',
  missing: 'is missing',
  cut: 'and everything after it is missing: the log was cut off',
  inserted: 'was not written by nutgraf',
}

async function verifyLog(config: Config, noted: string | undefined): Promise<number> {
  const match = noted === undefined ? undefined : /^(\d+):([0-9a-f]{64})$/.exec(noted)
  if (match === null)
    throw new Error('audit verify: give an entry as number:hash, as “audit verify” prints it')
  const { count, last, broken } = await withStoreOnly(config, store =>
    store.editorLog.verify(match && { number: Number(match[1]), hash: match[2]! }),
  )
  if (broken) {
    process.stderr.write(
      `The log of actions is broken: entry ${broken.number} ${PROBLEM_TEXTS[broken.problem]}.\n`,
    )
    return 1
  }
  process.stdout.write(
    last
      ? `${count} ${count === 1 ? 'action' : 'actions'}, each as it was written. Note the last one elsewhere: ${last.number}:${last.hash}\n`
      : 'No editor has done anything yet.\n',
  )
  return 0
}

/** Formats an audit for people: the same as its JSON, without the selection of an edition. */
function formatAudit({ delivery, call, parts, repairs, content }: MessageAudit): string {
  const { key, kind, place, state, digest, date, message, settledAt, error, human } = delivery
  const { command, text } = (call ?? {}) as { command?: string; text?: string }
  return [
    `${kind} in ${place}: ${state}${settledAt === undefined ? '' : ` ${isoTime(settledAt)}`}`,
    `  key      ${key}`,
    message && `  message  ${message.place} ${message.id}`,
    digest !== undefined && `  digest   ${digest}${date === undefined ? '' : ` of ${date}`}`,
    command !== undefined && `  asked    /${command} ${text ?? ''}`.trimEnd(),
    error !== undefined && `  error    ${error}`,
    human !== undefined && `  reason   ${human}`,
    `It shows ${parts.length === 1 ? '1 part' : `${parts.length} parts`} (content in use: ${content.revision}):`,
    ...parts.flatMap(formatPart),
    repairs.length === 0 ? 'Nothing in it was corrected or withdrawn.' : 'Corrected or withdrawn in it:',
    ...repairs.map(
      ({ kind, part, seenAt, state, error }) =>
        `  ${kind} of ${part}, known ${isoTime(seenAt)}: ${state}${error === undefined ? '' : ` (${error})`}`,
    ),
  ]
    .filter(line => typeof line === 'string')
    .join('\n')
}

function formatPart({
  part,
  revision,
  hash,
  seenAt,
  newest,
  current,
  inContent,
  words,
  sources,
}: MessageAudit['parts'][number]) {
  const since = seenAt === undefined ? ', never recorded' : `, first seen ${isoTime(seenAt)}, hash ${hash}`
  const use = current
    ? 'in use'
    : inContent
      ? `NO LONGER IN USE: the newest is revision ${newest?.revision ?? '?'}; what follows is the present content`
      : 'NO LONGER IN THE CONTENT'
  return [
    `  ${part}  revision ${revision}${since}  ${use}`,
    ...(words === undefined ? [] : [`    “${words}”`]),
    ...sources.flatMap(({ number, outlet, title, file, spans }) => [
      `    source ${number}: ${outlet}, ${title}${file === undefined ? '' : ` (${file})`}`,
      ...spans.map(({ start, end, line }) => `      line ${line}, offsets ${start} to ${end}`),
    ]),
  ]
}

const isoTime = (at: number) => new Date(at).toISOString()
