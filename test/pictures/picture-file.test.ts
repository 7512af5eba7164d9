import { expect, test } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import { LONGEST_FOOTER, withSharer } from '../../src/delivery/shared-by.ts'
import { phrases } from '../../src/phrases/phrases.ts'
import { withoutPicture } from '../../src/pictures/picture-file.ts'
import { cardReply } from '../support/fake-pictures.ts'

test('if a shared answer fits, it also fits with the reason why there is no picture', () => {
  const shared = toPlainText(withSharer(cardReply('x'), LONGEST_FOOTER)).length
  const { everyPlatform, slack, discord } = phrases
  for (const why of [
    everyPlatform.pictureTooLate,
    everyPlatform.pictureFailed,
    slack.mayNotUpload,
    discord.mayNotAttach,
  ]) {
    const said = toPlainText(withoutPicture(cardReply('x'), why))
    expect(said).toBe(`ARCHIVED STORY\n\n“x”\nSessions\n\n1 of 2\n\n${why}`)
    expect(said.length).toBeLessThanOrEqual(shared)
  }
})
