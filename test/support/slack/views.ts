import { controlProblem } from './controls.ts'
import type { Json } from './loopback-workspace.ts'

/** A view in the loopback workspace. */
export type StoredView = Json & { id: string; hash: string; user?: string; closed?: true }

const TRIGGER_MS = 3_000

/** Creates the modals and Home tabs of a loopback workspace, with the methods that open and change them. */
export function createViews() {
  const shown: StoredView[] = []
  /** The triggers that were sent, and when each was sent. */
  const triggers = new Map<string, number>()
  const homes = new Map<string, StoredView>()
  let last = 0

  function store(view: Json, more: object = {}): StoredView {
    const stored = { ...view, id: `V${++last}`, hash: `h${last}`, ...more }
    shown.push(stored)
    return stored
  }

  /** Answers a method of views; undefined for any other. */
  function handleViewMethod(method: string, args: Json): object | undefined {
    if (!method.startsWith('views.')) return undefined
    const problem = viewProblem(args.view)
    if (problem !== undefined)
      return { ok: false, error: 'invalid_arguments', response_metadata: { messages: [problem] } }
    if (method === 'views.publish') {
      const view = store(args.view, { user: args.user_id })
      homes.set(args.user_id, view)
      return { ok: true, view }
    }
    if (method === 'views.update') {
      const known = shown.find(({ id }) => id === args.view_id)
      if (!known) return { ok: false, error: 'not_found' }
      if (args.hash !== undefined && args.hash !== known.hash) return { ok: false, error: 'hash_conflict' }
      Object.assign(known, args.view, { hash: `h${known.id}-${++last}` })
      return { ok: true, view: known }
    }
    const triggeredAt = triggers.get(args.trigger_id)
    if (triggeredAt === undefined) return { ok: false, error: 'exchanged_trigger_id' }
    triggers.delete(args.trigger_id)
    if (Date.now() - triggeredAt > TRIGGER_MS) return { ok: false, error: 'expired_trigger_id' }
    return { ok: true, view: store(args.view, method === 'views.push' ? { previous_view_id: 'V0' } : {}) }
  }

  return { shown, homes, triggers, handleViewMethod }
}

const LENGTHS: Record<string, number> = { title: 24, submit: 24, close: 24, private_metadata: 3000 }

/** Says which documented limit a view exceeds; undefined where none. */
function viewProblem(view: Json): string | undefined {
  const text = (value: unknown) =>
    typeof value === 'string' ? value : ((value as Json | undefined)?.text ?? '')
  for (const [field, limit] of Object.entries(LENGTHS))
    if (text(view[field]).length > limit) return `${field}: more than ${limit}`
  if (view.blocks.length > 100) return 'blocks: more than 100'
  if (JSON.stringify(view).length > 250_000) return 'view_too_large'
  const inputs = view.blocks.filter((block: Json) => block.type === 'input')
  if (inputs.length > 0 && !view.submit) return 'submit: missing'
  const ids = inputs.map((block: Json) => block.block_id)
  if (new Set(ids).size < ids.length) return 'block_id: twice'
  for (const { block_id, element, label } of inputs) {
    if (text(label).length > 2000) return `${block_id}: label`
    const initial = [element.initial_option ?? [], element.initial_options ?? []].flat()
    const options = [...(element.options ?? []), ...initial]
    if ((element.options ?? initial).length > 100) return `${block_id}: more than 100 options`
    if (element.options?.length === 0 || element.initial_options?.length === 0)
      return `${block_id}: no options`
    if (/static|radio|checkboxes/.test(element.type) && !element.options) return `${block_id}: no options`
    if (/radio|checkboxes/.test(element.type) && element.options.length > 10)
      return `${block_id}: more than 10`
    if (options.some(option => !isOptionValid(text(option.text), option.value)))
      return `${block_id}: an option`
    const known = element.options?.map((option: Json) => JSON.stringify(option))
    if (known && initial.some((option: Json) => !known.includes(JSON.stringify(option))))
      return `${block_id}: initial`
  }
  const controls = controlProblem(view.blocks)
  if (controls) return controls
  for (const { type, text: words, elements } of view.blocks) {
    if (type === 'header' && text(words).length > 150) return 'header: more than 150'
    if (type === 'rich_text' && JSON.stringify(elements).includes('"text":""')) return 'rich_text: empty'
    if (type === 'context' && elements.some((element: Json) => text(element).length > 3000))
      return 'context: 3000'
  }
  return undefined
}

const isOptionValid = (label: string, value: string) =>
  label !== '' && label.length <= 75 && value.length <= 75
