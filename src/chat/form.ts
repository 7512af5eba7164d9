import type { Inline } from './reply.ts'

/** A value to choose, and what it is called. */
export type Option = { name: string; value: string }

/**
 * One field of a form. `one` and `some` are chosen among a few, `time` is a time of day (`07:30`), and `offered` is found
 * by typing, its name being that of an argument: `many` says that several may be chosen. `redraws`: another choice asks for
 * the form anew.
 */
export type Field = { name: string; label: string; hint?: string } & (
  | { kind: 'one'; options: Option[]; value: string; rebuildsForm?: true }
  | { kind: 'some'; options: Option[]; values: string[] }
  | { kind: 'time'; value: string }
  | { kind: 'offered'; values: Option[]; many: boolean; placeholder: string }
)

/** A form to fill in, as every platform may draw it. `name` is what it is about, `title` what people call that. */
export type Form = { name: string; title: string; intro: Inline[]; fields: Field[]; submit: string }

/** What was filled in, by the names of the fields. A field that takes typed words has them as one value. */
export type FormValues = Record<string, string[]>
