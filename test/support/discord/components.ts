import type { Json } from './payloads.ts'

/** Discord's limits, from docs.discord.com/developers/components/reference. */
const MAX = { rows: 5, buttons: 5, options: 25, id: 100, button: 80, placeholder: 150, option: 100 }
const ROW = 1
const BUTTON = 2
const STRING_SELECT = 3

/** What Discord refuses in the rows below a message; undefined where it accepts all of them. */
export function componentProblem(rows: Json[] = []): string | undefined {
  if (rows.length > MAX.rows || rows.some(({ type }) => type !== ROW)) return 'components'
  const ids = rows.flatMap(({ components = [] }) => components.map(({ custom_id }: Json) => custom_id))
  if (new Set(ids).size < ids.length || ids.some(id => !isText(id, MAX.id))) return 'custom_id'
  for (const { components = [] } of rows) {
    const isMenu = components.some(({ type }: Json) => type === STRING_SELECT)
    if (components.length === 0 || components.length > (isMenu ? 1 : MAX.buttons)) return 'a row'
    for (const component of components) {
      const problem = isMenu ? menuProblem(component) : buttonProblem(component)
      if (problem) return problem
    }
  }
  return undefined
}

const isText = (text: unknown, max: number) =>
  typeof text === 'string' && text.trim() !== '' && text.length <= max

const buttonProblem = ({ type, label }: Json) =>
  type === BUTTON && isText(label, MAX.button) ? undefined : 'a button'

function menuProblem({ placeholder, options = [] }: Json): string | undefined {
  if (placeholder !== undefined && !isText(placeholder, MAX.placeholder)) return 'placeholder'
  if (options.length === 0 || options.length > MAX.options) return 'options'
  const values = options.map(({ value }: Json) => value)
  if (new Set(values).size < values.length) return 'The specified option value is already used'
  const isRight = ({ label, value }: Json) => isText(label, MAX.option) && isText(value, MAX.option)
  return options.every(isRight) ? undefined : 'an option'
}

/** The data of a press, of a button or an option by its label, below a message. */
export function pressedData(rows: Json[], label: string): Json {
  for (const component of rows.flatMap(({ components }) => components)) {
    const { type, custom_id, options = [] } = component
    if (type === BUTTON && component.label === label) return { custom_id, component_type: BUTTON }
    const picked = options.find((option: Json) => option.label === label)
    if (picked) return { custom_id, component_type: STRING_SELECT, values: [picked.value] }
  }
  throw new Error(`loopback: nothing to press is called ${label}`)
}
