import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Form } from '../../../src/chat/form.ts'
import { refusal } from '../../../src/chat/reply.ts'
import { formView, parseFormValues } from '../../../src/platforms/slack/form-view.ts'
import { answerView } from '../../../src/platforms/slack/view.ts'
import { stateOf } from '../../support/slack/payloads.ts'
import { createViews } from '../../support/slack/views.ts'

const words = fc.oneof(
  fc.string({ minLength: 1, maxLength: 60 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
  fc.constantFrom('<!channel>', '*x* _y_ :tada:', '@here', '<https://evil.example|x>', '\u202eabc', '```'),
)
const slug = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,31}$/)
const option = fc.record({ name: words, value: slug })
const options = fc.uniqueArray(option, { minLength: 1, maxLength: 9, selector: ({ value }) => value })
const METADATA = { channel: 'C1' }

/** The loopback workspace's refusal of a view; undefined where it accepts the view. */
function refusalOf(view: object): unknown {
  const { triggers, handleViewMethod } = createViews()
  triggers.set('t', Date.now())
  const answer = handleViewMethod('views.open', { trigger_id: 't', view: JSON.parse(JSON.stringify(view)) })
  return (answer as { ok: boolean }).ok ? undefined : answer
}

test('every form fits into a modal, and what stands in it comes back', () => {
  const form = fc.record({
    name: slug,
    title: words,
    about: fc.array(words),
    choices: options,
    stories: options,
    many: options,
  })
  fc.assert(
    fc.property(form, fc.integer({ min: 1, max: 150 }), ({ choices, stories, about, ...more }, count) => {
      const digests = Array.from({ length: count }, (_, at) => ({ name: `Digest ${at}`, value: `d${at}` }))
      const built: Form = {
        ...more,
        intro: about,
        submit: 'Save',
        fields: [
          {
            kind: 'one',
            name: 'digest',
            label: 'Digest',
            value: 'd0',
            rebuildsForm: true,
            options: digests,
          },
          {
            kind: 'one',
            name: 'sent',
            label: 'In this channel',
            options: choices,
            value: choices[0]!.value,
          },
          { kind: 'time', name: 'time', label: 'Time', value: '07:30' },
          {
            kind: 'offered',
            name: 'stories',
            label: 'Stories',
            many: true,
            values: stories,
            placeholder: 'All',
          },
        ],
      }
      const view = formView(built, METADATA)
      expect(refusalOf(view)).toBeUndefined()
      expect(JSON.stringify(view)).not.toContain('"mrkdwn"')
      expect(parseFormValues(stateOf(view, {}) as Parameters<typeof parseFormValues>[0])).toEqual({
        digest: ['d0'],
        sent: [choices[0]!.value],
        time: ['07:30'],
        stories: stories.map(({ value }) => value),
      })
    }),
    { numRuns: 60 },
  )
})

test('every answer that fits into a message fits into a modal', () => {
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 40 }), sentence => {
      expect(refusalOf(answerView('Check this quote', refusal(sentence), METADATA))).toBeUndefined()
    }),
    { numRuns: 60 },
  )
})
