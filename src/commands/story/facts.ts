import { type Inline, missing, type Reply } from '../../chat/reply.ts'
import type { Fact } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { StoryAsk } from '../context.ts'
import { labelOf } from '../label.ts'
import { paged, type Unit } from '../pages.ts'

/** `facts`: what the article said, what the record shows, and how sure we are. */
export function facts(ask: StoryAsk): Reply {
  if (ask.story.facts.length === 0) return missing(phrases.story.noFacts(`${ask.head} help`))
  const units = ask.story.facts.map((fact): Unit => {
    return {
      block: { kind: 'list', items: [factLine(fact)] },
      sources: fact.sources,
      part: `${ask.story.slug}/fact:${fact.id}`,
    }
  })
  const frame = {
    label: labelOf(ask.story),
    title: phrases.story.title.facts(ask.story.title),
  }
  return paged(ask.story, frame, units, { page: ask.flags.page, line: ask.again })
}

function factLine(fact: Fact): Inline[] {
  const { text, claim, sources: numbers } = fact
  if (!claim) return phrases.story.fact(text, sureOf(fact), numbers)
  const { source, spans, says, verdict } = claim
  const lines = [...new Set(spans.map(span => span.line))]
  const said = { outlet: source.outlet, lines, says, verdict: verdict.replace(/\.$/, '') }
  return phrases.story.claim(said, text, sureOf(fact), numbers)
}

/** How sure we are: several numbers beside a fact do not mean that each of them carries all of it. */
function sureOf({ confidence, sources }: Fact): 'several' | 'unverified' | 'one' | 'inferred' {
  if (confidence === 'high') return 'several'
  if (confidence === 'unverified') return 'unverified'
  return sources.length === 1 ? 'one' : 'inferred'
}
