import type { Json } from './loopback-workspace.ts'

/** Slack's limits, from docs.slack.dev/reference/block-kit: in actions, buttons, selects and the options of those. */
const MAX = {
  elements: 25,
  options: 100,
  id: 255,
  button: 75,
  line: 2_000,
  placeholder: 150,
  option: 75,
  value: 150,
}

/** What Slack refuses in the buttons and menus of a message; undefined where it accepts all of them. */
export function controlProblem(blocks: Json[] = []): string | undefined {
  for (const { type, elements = [] } of blocks) {
    if (type !== 'actions') continue
    if (elements.length === 0 || elements.length > MAX.elements) return `${elements.length} elements`
    const ids = elements.map(({ action_id }: Json) => action_id)
    if (new Set(ids).size < ids.length) return 'an action_id twice'
    if (ids.some((id: unknown) => !isText(id, MAX.id))) return 'an action_id'
    for (const element of elements) {
      const problem = element.type === 'button' ? buttonProblem(element) : menuProblem(element)
      if (problem) return problem
    }
  }
  return undefined
}

const isText = (text: unknown, max: number) => typeof text === 'string' && text !== '' && text.length <= max
const isPlainText = ({ type, text }: Json = {}, max: number) => type === 'plain_text' && isText(text, max)

const buttonProblem = ({ text, value }: Json) =>
  isPlainText(text, MAX.button) && isText(value, MAX.line) ? undefined : 'a button'

function menuProblem({ type, placeholder, options = [] }: Json): string | undefined {
  if (type !== 'static_select') return `the element ${type}`
  if (!isPlainText(placeholder, MAX.placeholder)) return 'a placeholder'
  if (options.length === 0 || options.length > MAX.options) return `${options.length} options`
  const values = options.map(({ value }: Json) => value)
  if (new Set(values).size < values.length) return 'the value of an option twice'
  const isRight = ({ text, value }: Json) => isPlainText(text, MAX.option) && isText(value, MAX.value)
  return options.every(isRight) ? undefined : 'an option'
}
