import { type Inline, notFoundRefusal, type Reply } from '../../chat/reply.ts'
import type { Fact } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { StoryRequest } from '../context.ts'
import { labelOf } from '../label.ts'
import { type PageUnit, renderPage } from '../pages.ts'

/** `facts`: what the article said, what the record shows, and how sure we are. */
export function facts(ask: StoryRequest): Reply {
  if (ask.story.facts.length === 0) return notFoundRefusal(phrases.story.noFacts(`${ask.storyPrefix} help`))
  const units = ask.story.facts.map((fact): PageUnit => {
    return {
      block: { kind: 'list', items: [factItem(fact)] },
      sources: fact.sources,
      part: `${ask.story.slug}/fact:${fact.id}`,
    }
  })
  const frame = {
    label: labelOf(ask.story),
    title: phrases.story.title.facts(ask.story.title),
  }
  return renderPage(ask.story, frame, units, { page: ask.flags.page, line: ask.commandLine })
}

function factItem(fact: Fact): Inline[] {
  const { text, claim, sources: numbers } = fact
  if (!claim) return phrases.story.fact(text, certaintyOf(fact), numbers)
  const { source, spans, says, verdict } = claim
  const lines = [...new Set(spans.map(span => span.line))]
  const said = { outlet: source.outlet, lines, says, verdict: verdict.replace(/\.$/, '') }
  return phrases.story.claim(said, text, certaintyOf(fact), numbers)
}

/** How sure we are: several numbers beside a fact do not mean that each of them carries all of it. */
function certaintyOf({ confidence, sources }: Fact): 'several' | 'unverified' | 'one' | 'inferred' {
  if (confidence === 'high') return 'several'
  if (confidence === 'unverified') return 'unverified'
  return sources.length === 1 ? 'one' : 'inferred'
}
