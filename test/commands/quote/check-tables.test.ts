import { describe, expect, test } from 'vitest'
import { checkAgainst } from '../../support/conversations/check-verdict.ts'
import { ACCENTS_AND_UNSEEN } from '../../support/quote-check/accents-and-unseen.ts'
import { CUT_WORDS } from '../../support/quote-check/cut-words.ts'
import { ELLIPSES } from '../../support/quote-check/ellipses.ts'
import { MARKS_AROUND } from '../../support/quote-check/marks-around.ts'
import { OTHER_WORDS } from '../../support/quote-check/other-words.ts'
import type { Row } from '../../support/quote-check/row.ts'
import { SAME_WORDS } from '../../support/quote-check/same-words.ts'
import { WITHOUT_SPACES } from '../../support/quote-check/without-spaces.ts'

const TABLES: Record<string, Row[]> = {
  'words and numbers that are cut': CUT_WORDS,
  'the same words, and figures that only look so': SAME_WORDS,
  'accents and unseen signs': ACCENTS_AND_UNSEEN,
  ellipses: ELLIPSES,
  'other words': OTHER_WORDS,
  'marks around what was typed': MARKS_AROUND,
  'scripts without spaces': WITHOUT_SPACES,
}

describe.each(Object.entries(TABLES))('%s', (_, rows) => {
  test('at least fifty inputs', () => expect(rows.length).toBeGreaterThanOrEqual(50))

  test.each(rows)('%s ¦ %s: %s', (stored, typed, verdict, ...says) => {
    const { answer, verdicts } = checkAgainst(stored, typed)
    expect(verdicts, answer).toEqual([verdict])
    for (const words of says) expect(answer).toContain(words)
    // Plain text has no bold, so no answer speaks of it; each difference is named.
    expect(answer).not.toContain('in bold')
    if (verdict === 'differs' || verdict === 'same words' || verdict === 'letters')
      expect(answer).toMatch(/\n• /)
    expect(answer).not.toMatch(/and \d+ more/)
  })
})
