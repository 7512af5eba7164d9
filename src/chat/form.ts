import type { Inline } from './reply.ts'

/** A value to choose, with the name that people see. */
export type Option = { name: string; value: string }

/**
 * One field of a form. `one` and `some` choose one or several of a few options, `time` is a time of day (`07:30`), `date` a
 * day (`2017-08-07`), and `offered` is a search field: its name is that of a command argument, whose suggestions it shows, and `many` allows
 * several values. `text` may be left empty unless it is `required`; a `long` one has room for sentences. With `rebuildsForm`, another choice builds the form again. `withNext` is the
 * label under which a platform with room for few fields asks for this value and that of the next field in one.
 */
export type Field = { name: string; label: string; hint?: string } & (
  | { kind: 'one'; options: Option[]; value: string; rebuildsForm?: true }
  | { kind: 'some'; options: Option[]; values: string[] }
  | { kind: 'time'; value: string; withNext?: string }
  | { kind: 'date'; value: string }
  | { kind: 'offered'; values: Option[]; many: boolean; placeholder: string }
  | { kind: 'text'; value: string; placeholder: string; max: number; required?: true; long?: true }
)

/** A form to fill in, which every platform draws in its own way. `name` is its subject, `title` the name people see. */
export type Form = { name: string; title: string; intro: Inline[]; fields: Field[]; submit: string }

/** The values of a filled form, by field name. Typed words are one value. */
export type FormValues = Record<string, string[]>
