import type { ItemFields, SenderRow, StateRule, Template } from '../../content/senders/sender-row.ts'
import type { ParsedItem } from '../item.ts'
import { readMoment } from './moment.ts'
import { plainLine, plainTitle } from './plain-title.ts'
import { fieldsOf, fillTemplate, holds, type ReadableCall, valueAt } from './template.ts'

/** An item as a sender tells of it: what it says, what it is to be, and which of its versions this is. */
export type SenderItem = Omit<ParsedItem, 'guid'> & {
  guid: string
  state: 'stands' | 'withdrawn' | 'draft'
  heldUntil?: number
  /** Grows with the sender's own versions. Of two that are as new, a withdrawal is the newer one. */
  version: number
}

/** What is wrong with a call, for whoever sent it: where, and why. `status` is always 4xx. */
export type Problem = { status: number; field: string; reason: string }

/** What a call brings: items, a problem with one of them, or nothing that concerns us. */
export type ReadItems = { items: SenderItem[] } | { problem: Problem } | 'ignored'

const MAX_ITEMS = 200
const MAX_ID = 500
const MAX_ADDRESS = 2_000
const MAX_OUTLET = 60
const MAX_TEXT = 20_000

/**
 * Reads the items of a call by the sender's row. `signedAt` is when it was signed, or now: the version of an item that bears
 * no date. A problem with one item refuses the whole call, so that none is lost in silence.
 */
export function readItems(
  { states, fields, signature }: SenderRow,
  call: ReadableCall,
  { signedAt, now }: { signedAt: number; now: number },
): ReadItems {
  const state = states.find(({ when }) => when.every(condition => holds(condition, call)))?.state ?? 'ignored'
  if (state === 'ignored') return 'ignored'
  const elements = fields.list === undefined ? [call.body] : valueAt(call.body, fields.list)
  if (!Array.isArray(elements)) return problem(fields.list!, 'is not a list')
  if (elements.length > MAX_ITEMS) return problem(fields.list!, `has more than ${MAX_ITEMS} items`)
  // Whoever does not sign can propose, and no more.
  const allowed = signature || state === 'withdrawn' ? state : 'draft'
  const items: SenderItem[] = []
  for (const [index, body] of elements.entries()) {
    const read = readItem(fields, { ...call, body }, { state: allowed, signedAt, now })
    if ('problem' in read) {
      const field =
        fields.list === undefined ? read.problem.field : `${fields.list}.${index}.${read.problem.field}`
      return { problem: { ...read.problem, field } }
    }
    items.push(read.item)
  }
  return { items }
}

const problem = (field: string, reason: string): { problem: Problem } => ({
  problem: { status: 422, field, reason },
})

type Reading = { state: Exclude<StateRule['state'], 'ignored'>; signedAt: number; now: number }

function readItem(
  fields: ItemFields,
  call: ReadableCall,
  { state, signedAt, now }: Reading,
): { item: SenderItem } | { problem: Problem } {
  const fill = (template: Template | undefined) => template && fillTemplate(template, call)
  const guid = fill(fields.id)
  if (guid === undefined) return problem(fieldsOf(fields.id), 'is missing')
  if (guid.length > MAX_ID) return problem(fieldsOf(fields.id), `has more than ${MAX_ID} characters`)
  const title = plainTitle(fill(fields.title) ?? '', fields.titleIsHtml === true)
  if (title === '' && state !== 'withdrawn') return problem(fieldsOf(fields.title), 'is missing')
  const outlet = fill(fields.outlet)?.trim()
  if (outlet !== undefined && outlet.length > MAX_OUTLET)
    return problem(fieldsOf(fields.outlet!), `has more than ${MAX_OUTLET} characters`)

  const moments: Partial<Record<'published' | 'embargo' | 'updated', number>> = {}
  for (const name of ['published', 'embargo', 'updated'] as const) {
    const text = fill(fields[name])
    if (text === undefined) continue
    const moment = readMoment(text)
    if (moment === undefined)
      return problem(fieldsOf(fields[name]!), 'is not a moment such as 2026-11-30T17:30:00Z')
    moments[name] = moment
  }
  const version = readVersion(fields, fill(fields.version.at), signedAt)
  if (version === undefined)
    return problem(
      fieldsOf(fields.version.at),
      fields.version.kind === 'number' ? 'is not a number' : 'is not a moment such as 2026-11-30T17:30:00Z',
    )
  const { published, embargo } = moments
  const heldUntil = Math.max(embargo ?? 0, published ?? 0)
  const url = readAddress(fields.address, call)
  return {
    item: {
      guid,
      title,
      ...(url !== undefined && { url }),
      text: plainLine((fill(fields.text) ?? '').slice(0, MAX_TEXT), true),
      ...(published !== undefined && { published }),
      updated: moments.updated ?? (fields.version.kind === 'moment' ? version : undefined),
      ...(outlet !== undefined && { outlet: plainLine(outlet, false) }),
      state,
      ...(heldUntil > now && { heldUntil }),
      version: version * 2 + (state === 'withdrawn' ? 1 : 0),
    },
  }
}

/** Reads by what versions are told apart; a moment that is missing is that of the call. */
function readVersion(
  { version }: ItemFields,
  text: string | undefined,
  signedAt: number,
): number | undefined {
  if (version.kind === 'number')
    return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : undefined
  return text === undefined ? signedAt : readMoment(text)
}

/** Reads the first address that a reader may follow: absolute, http or https, without a password. */
function readAddress(template: Template | undefined, call: ReadableCall): string | undefined {
  for (const text of template ?? []) {
    const address = fillTemplate([text], call)?.trim()
    if (address === undefined || address.length > MAX_ADDRESS || !URL.canParse(address)) continue
    const url = new URL(address)
    if (/^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return url.href
  }
  return undefined
}
