import { expect, test } from 'vitest'
import { findQuotations } from '../../../src/import/quotations/find-quotations.ts'

test.each([
  ['Jane Roe, 34, a nurse, said: “Nobody asked us.”', 'a nurse'],
  ['“Nobody asked us,” said Jane Roe, aged 34, a nurse at the clinic.', 'a nurse at the clinic'],
  ['“Nobody asked us,” said Jane Roe, 34, of Leeds.', undefined],
  ['Bo Lind, a shop owner, said, “Nobody asked us.”', 'a shop owner'],
  ['Vo Reth, a restaurant owner, said, “Nobody asked us.”', 'a restaurant owner'],
])('what somebody is stands behind their age too, and who owns a shop is no firm: %s', (text, role) => {
  const [quotation] = findQuotations(`The bridge is shut, the city said.\n\n${text}`)
  expect(quotation).toMatchObject({ speaker: expect.stringMatching(/^\p{Lu}\w+ \p{Lu}\w+$/u), sure: true })
  expect(quotation!.role).toBe(role)
})
