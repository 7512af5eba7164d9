import type { MessageRef, Place } from '../../chat/platform.ts'
import type { Library } from '../../content/library.ts'
import { type PartContent, partContentsOf, partsOf } from '../../content/parts.ts'
import type { Source, Span, Story } from '../../content/story.ts'
import { readableReason } from '../../delivery/repair-reasons.ts'
import type { Repair } from '../../store/causes.ts'
import type { Delivery } from '../../store/delivery.ts'
import { parseFailure } from '../../store/failure.ts'
import type { MessageQuery } from '../../store/ledger-lookup.ts'
import type { RecordedRevision } from '../../store/revisions.ts'
import type { Store } from '../../store/store.ts'

/** A source that a part rests on. `spans` say where the words stand in our stored copy (UTF-16 offsets, line from 1). */
type AuditedSource = {
  number: number
  outlet: string
  title: string
  date?: string
  url?: string
  file?: string
  spans: Span[]
}

/**
 * A part that a message shows. `revision`, `hash` and `seenAt` are those that it shows, as they were written down;
 * `newest` is the last revision written down. `current` says that it is still the one in use: only then are `words` and
 * `sources` what the message rests on, else they are those of the content as it is now. Without `inContent` there are none.
 */
export type AuditedPart = {
  part: string
  revision: number
  hash?: string
  seenAt?: number
  newest?: { revision: number; hash: string; seenAt: number }
  current: boolean
  inContent: boolean
  words?: string
  sources: AuditedSource[]
}

/**
 * What is known of a message, complete: its row in the ledger, the edition that was chosen or the call that was
 * answered, each part with its sources, and every correction or withdrawal that concerns it. Keys are only ever added.
 * All times are milliseconds since 1970; `error` is the cause, `human` what people are told of it.
 */
export type MessageAudit = {
  version: 1
  delivery: {
    key: string
    kind: Delivery['kind']
    place: Place
    state: Delivery['state']
    number: number
    attempts: number
    createdAt: number
    dueAt: number
    settledAt?: number
    parent?: string
    digest?: string
    slot?: number
    date?: string
    error?: string
    human?: string
    message?: MessageRef
  }
  /** What was chosen for an edition. */
  edition?: unknown
  /** What was asked, where an answer was published. */
  call?: unknown
  parts: AuditedPart[]
  repairs: Repair[]
  content: { revision: string }
}

/** What an audit reads. */
type AuditStore = Pick<Store, 'ledger' | 'revisions' | 'corrections'>

/** Everything that is known of a message, by its link, its place and id, or its key; undefined where none is ours. */
export async function auditMessage(
  store: AuditStore,
  library: Library,
  asked: string,
): Promise<MessageAudit | undefined> {
  const row = await findDelivery(store, asked.trim())
  if (!row) return undefined
  const shown = await store.ledger.shownParts(row.key)
  const [recorded, repairs] = await Promise.all([
    store.revisions.historyOf(shown.map(({ part }) => part)),
    store.corrections.repairsOf(row.key),
  ])
  const known = Map.groupBy(recorded, ({ part }) => part)
  const { selection, error, lane: _, firstTriedAt: __, ...rest } = row
  const why = error === undefined ? undefined : parseFailure(error)
  const delivery = {
    ...rest,
    ...(why && { error: why.message, ...(why.human !== undefined && { human: why.human }) }),
  }
  const chosen: unknown = selection === undefined ? undefined : JSON.parse(selection)
  return {
    version: 1,
    delivery,
    ...(row.kind === 'edition' && chosen !== undefined && { edition: chosen }),
    ...(row.kind === 'answer' && chosen !== undefined && { call: chosen }),
    parts: shown.map(({ part, revision }) => auditPart(library, part, revision, known.get(part) ?? [])),
    repairs: repairs.map(repair => ({
      ...repair,
      ...(repair.error !== undefined && { error: readableReason(repair.error) }),
    })),
    content: { revision: library.revision },
  }
}

async function findDelivery(store: AuditStore, asked: string): Promise<Delivery | undefined> {
  const sought = parseMessageReference(asked)
  const at = sought && (await store.ledger.findByMessage(sought))
  return at ?? store.ledger.find(asked)
}

/** The message that a link, or a place with an id behind it, means. */
function parseMessageReference(asked: string): MessageQuery | undefined {
  // Platforms put links into angle brackets, with a name behind a line.
  const bare = asked.replace(/^<([^|>]+)(?:\|[^>]*)?>$/, '$1')
  const placed = /^((slack|discord|preview):\S+)\s+(\S+)$/.exec(bare)
  if (placed) return { platform: placed[2]!, place: placed[1]!, id: placed[3]! }
  if (!URL.canParse(bare)) return undefined
  const { hostname, pathname } = new URL(bare)
  const discord = /^\/channels\/(\d+|@me)\/(\d+)\/(\d+)\/?$/.exec(pathname)
  if (discord && /(?:^|\.)discord(?:app)?\.com$/.test(hostname))
    return { platform: 'discord', place: `discord:${discord[1]}/${discord[2]}`, id: discord[3]! }
  const slack = /^\/archives\/([A-Z0-9]+)\/p(\d{10,})(\d{6})\/?$/.exec(pathname)
  // The workspace stands there by a name of its own, so the channel has to do: no two workspaces have the same.
  return slack ? { platform: 'slack', place: `/${slack[1]}`, id: `${slack[2]}.${slack[3]}` } : undefined
}

function auditPart(
  library: Library,
  part: string,
  revision: number,
  recorded: RecordedRevision[],
): AuditedPart {
  const shown = recorded.find(one => one.revision === revision)
  const newest = recorded.at(-1)
  const story = library.story(part.slice(0, part.indexOf('/')))
  const content = story && partContentsOf(story).get(part)
  const hash = story && partsOf(story).find(one => one.part === part)?.hash
  const words = content && quotedWords(content)
  return {
    part,
    revision,
    ...(shown && { hash: shown.hash, seenAt: shown.seenAt }),
    ...(newest && { newest: { revision: newest.revision, hash: newest.hash, seenAt: newest.seenAt } }),
    current: shown !== undefined && newest?.revision === revision && hash === shown.hash,
    inContent: content !== undefined,
    ...(words !== undefined && { words }),
    sources: story && content ? partSources(story, content) : [],
  }
}

const quotedWords = (content: PartContent): string | undefined =>
  content.kind === 'quote' ? content.quote.words : undefined

/** What a part rests on: with spans where its very words stand in a source, else by number alone. */
function partSources(story: Story, content: PartContent): AuditedSource[] {
  const cited = (numbers: number[]) =>
    story.sources.filter(({ number }) => numbers.includes(number)).map(one => auditSource(one))
  switch (content.kind) {
    case 'quote':
      return [auditSource(content.quote.source, content.quote.spans)]
    case 'fact': {
      const { claim, sources } = content.fact
      const others = sources.filter(number => number !== claim?.source.number)
      return [...(claim ? [auditSource(claim.source, claim.spans)] : []), ...cited(others)]
    }
    case 'section':
      return cited(content.section.sources)
    case 'event':
      return cited(content.event.sources)
    case 'who':
      return cited(content.person.sources)
    case 'source':
      return [auditSource(content.source)]
    case 'label':
    case 'correction':
      return []
  }
}

const auditSource = (
  { number, outlet, title, date, url, file }: Source,
  spans: Span[] = [],
): AuditedSource => ({
  number,
  outlet,
  title,
  ...(date !== undefined && { date }),
  ...(url !== undefined && { url }),
  ...(file !== undefined && { file }),
  spans: spans.map(({ start, end, line }) => ({ start, end, line })),
})
