import { sentenceStart } from '../grammar.ts'
import type { Paragraph } from '../paragraph.ts'
import { isDocument } from '../words/organisations.ts'
import { mainSubject } from './main-subject.ts'
import type { Source } from './source.ts'
import { subjectBefore } from './subjects.ts'

const ISSUED =
  /^(?:released|issued|sent|published|posted|wrote|delivered|tweeted|gave|filed|signed|shared|circulated|emailed|read|releasing|issuing|sending|publishing|posting|writing)$/

const WRITTEN =
  /^(?:statement|letter|email|e-mail|message|memo|tweet|post|posting|release|note|affidavit|article|column|editorial|video)$/

/** Whose document a noun phrase is: “X issued a statement that said …”, “X in a statement credited him …”. */
export function authorOf(paragraph: Paragraph, source: Source & { head: number }): Source | undefined {
  const { tokens } = paragraph
  const before = tokens[source.first - 1]
  if (before?.kind !== 'word' || !/^(?:a|an|his|her|its|their)$/.test(tokens[source.first]!.lower))
    return undefined
  const low = sentenceStart(tokens, source.first)
  if (/^(?:in|via|through)$/.test(before.lower) && WRITTEN.test(tokens[source.head]!.lower))
    return spoken(paragraph, mainSubject(paragraph, low, source.first - 1))
  const verb = before.lower === 'out' ? source.first - 2 : source.first - 1
  if (!ISSUED.test(tokens[verb]!.lower)) return undefined
  return spoken(paragraph, subjectBefore(paragraph, verb, low) ?? mainSubject(paragraph, low, verb))
}

/** A source that is nobody’s paper. */
const spoken = ({ tokens }: Paragraph, source: Source | undefined) =>
  source?.kind === 'noun' && isDocument(tokens[source.head]!.lower) ? undefined : source
