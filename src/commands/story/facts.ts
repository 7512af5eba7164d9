import { type Inline, notFoundRefusal, type Reply } from '../../chat/reply.ts'
import type { Fact, Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import { cacheForLast } from '../cache-per-object.ts'
import type { StoryRequest } from '../context.ts'
import { labelOf } from '../label.ts'
import { type PageUnit, renderPage } from '../pages.ts'

/** `facts`: what the article claimed, what the record shows, and how sure we are. */
export function facts(request: StoryRequest): Reply {
  if (request.story.facts.length === 0)
    return notFoundRefusal(phrases.story.noFacts(`${request.storyPrefix} help`))
  const frame = {
    label: labelOf(request.story),
    title: phrases.story.title.facts(request.story.title),
  }
  return renderPage(request.story, frame, factUnits(request.story), {
    page: request.flags.page,
    line: request.commandLine,
  })
}

const factUnits = cacheForLast((story: Story) =>
  story.facts.map((fact): PageUnit => {
    return {
      block: { kind: 'list', items: [factItem(fact)] },
      sources: fact.sources,
      part: `${story.slug}/fact:${fact.id}`,
    }
  }),
)

function factItem(fact: Fact): Inline[] {
  const { text, claim, sources: numbers } = fact
  if (!claim) return phrases.story.fact(text, certaintyOf(fact), numbers)
  const { source, spans, says, verdict } = claim
  const lines = [...new Set(spans.map(span => span.line))]
  const claimText = { outlet: source.outlet, lines, says, verdict: verdict.replace(/\.$/, '') }
  return phrases.story.claim(claimText, text, certaintyOf(fact), numbers)
}

/** How sure we are of a fact. Several source numbers do not mean that each source confirms all of it. */
function certaintyOf({ confidence, sources }: Fact): 'several' | 'unverified' | 'one' | 'inferred' {
  if (confidence === 'high') return 'several'
  if (confidence === 'unverified') return 'unverified'
  return sources.length === 1 ? 'one' : 'inferred'
}
