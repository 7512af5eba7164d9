import type { Fact } from '../story.ts'
import { FactsFile } from './schemas.ts'
import { findWordsInSource } from './sources.ts'
import { checkSources, locate, readProse, readTable, type StoryFolder } from './story-folder.ts'

/** Reads facts.yml. A fact with `print: false` is checked like the others, and then dropped. */
export function readFacts(folder: StoryFolder): Fact[] {
  const { file, rows, lineNumberOf } = readTable(folder, 'facts.yml', FactsFile)
  return rows.flatMap(([index, { claim, text, print, ...row }]): Fact[] => {
    const line = lineNumberOf([index])
    checkSources(folder, file, line, row.sources)
    locate(folder, `fact:${row.id}`, file, line)
    const claimLine = lineNumberOf([index, 'claim', 'words'])
    const verified = claim && findWordsInSource(folder, file, claimLine, `fact “${row.id}”`, claim)
    const fact = { ...row, text: readProse(folder, file, lineNumberOf([index, 'text']), text) ?? [] }
    if (!print || (claim && !verified)) return []
    if (!claim || !verified) return [fact]
    const { words: _, source: __, ...rest } = claim
    return [{ ...fact, claim: { ...rest, source: verified.source, spans: verified.spans } }]
  })
}
