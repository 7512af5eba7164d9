import { id, textLine, z } from '../read/schema/values.ts'

const header = z
  .string()
  .max(60)
  .regex(/^[a-z0-9-]+$/, 'must be the name of a header, in small letters')
const template = z
  .array(textLine.max(300).regex(/\{[^{}]+\}/, 'must name a field in braces, such as {post.title}'))
  .min(1, 'must have a text, such as ["{post.title}"]')
const field = textLine.max(100)
const at = (more: object) => z.strictObject(more)

/** How a system signs: the schema of `Signature`. */
const signature = z.strictObject({
  header,
  form: textLine
    .max(200, 'must have at most 200 characters')
    .refine(isExpression, 'is no regular expression'),
  separator: z.string().min(1).max(5).optional(),
  algorithm: z.enum(['sha256', 'sha1']),
  encodings: z.array(z.enum(['hex', 'base64', 'base64url'])).min(1),
  signed: textLine.max(200),
  key: z.enum(['letters', 'whsec']),
  secretLength: z.int().min(16).max(256).optional(),
  signedHeaders: z.strictObject({ header, mustHave: z.array(header) }).optional(),
})

const condition = z.strictObject({
  at: field,
  is: z
    .array(z.union([z.string(), z.number(), z.boolean()]))
    .min(1)
    .optional(),
  begins: textLine.optional(),
  exists: z.boolean().optional(),
})

/** senders.yml: the schema of `SenderRow`. */
export const SendersFile = z.array(
  z.strictObject({
    name: id.max(32, 'must have at most 32 characters'),
    system: textLine.max(60),
    signature: signature.optional(),
    stamp: z
      .strictObject({
        from: z.union(
          [z.literal('signature'), at({ header }), at({ field })],
          'must be signature, { header: NAME } or { field: PATH }',
        ),
        unit: z.enum(['seconds', 'milliseconds', 'either']),
      })
      .optional(),
    callId: z
      .union([at({ header }), at({ field })], 'must be { header: NAME } or { field: PATH }')
      .optional(),
    states: z
      .array(
        z.strictObject({
          when: z.array(condition),
          state: z.enum(['stands', 'withdrawn', 'draft', 'ignored']),
        }),
      )
      .min(1, 'must say what a call means'),
    fields: z.strictObject({
      list: field.optional(),
      id: template,
      title: template,
      titleIsHtml: z.boolean().optional(),
      address: template.optional(),
      text: template.optional(),
      outlet: template.optional(),
      published: template.optional(),
      updated: template.optional(),
      version: z.strictObject({ at: template, kind: z.enum(['moment', 'number']) }),
      embargo: template.optional(),
    }),
  }),
)

function isExpression(text: string): boolean {
  try {
    new RegExp(text)
    return true
  } catch {
    return false
  }
}
