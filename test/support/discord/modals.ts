import type { Json } from './payloads.ts'

const isLengthWithin = (value: unknown, min: number, max: number) =>
  typeof value === 'string' && value.length >= min && value.length <= max

/** Says which documented limit a modal exceeds; undefined where none. */
export function modalProblem({ custom_id, title, components }: Json): string | undefined {
  if (!isLengthWithin(custom_id, 1, 100)) return 'custom_id'
  if (!isLengthWithin(title, 1, 45)) return 'title'
  if (components.length < 1 || components.length > 5) return 'components'
  const ids = components.map((label: Json) => label.component?.custom_id)
  if (new Set(ids).size < ids.length) return 'custom_id twice'
  for (const { type, label, description = '', component } of components) {
    if (type !== 18 || !isLengthWithin(label, 1, 45) || !isLengthWithin(description, 0, 100)) return 'label'
    if (!isLengthWithin(component.custom_id, 1, 100)) return 'component'
    if (component.type === 4) {
      if (
        !isLengthWithin(component.value ?? 'x', 1, 4000) ||
        !isLengthWithin(component.placeholder ?? '', 0, 100)
      )
        return 'text'
      continue
    }
    const { options, min_values = 1, max_values = 1 } = component
    if (component.type !== 3 || options.length < 1 || options.length > 25) return 'options'
    if (
      options.some(
        ({ label, value }: Json) => !isLengthWithin(label, 1, 100) || !isLengthWithin(value, 1, 100),
      )
    )
      return 'option'
    const chosen = options.filter((option: Json) => option.default).length
    if (chosen > max_values || min_values > max_values || max_values > options.length) return 'values'
  }
  return undefined
}

/** Makes the data of a submitted modal: its own values, except for the fields that are filled in by name. */
export const submittedModalData = ({ custom_id, components }: Json, filled: Json) => ({
  custom_id,
  components: components.map(({ component }: Json, index: number) => {
    const { type, custom_id: name, value = '', options = [] } = component
    const chosen = options.filter((option: Json) => option.default).map((option: Json) => option.value)
    const answer = type === 4 ? { value: filled[name] ?? value } : { values: filled[name] ?? chosen }
    return { type: 18, id: index + 1, component: { type, id: index + 10, custom_id: name, ...answer } }
  }),
})
