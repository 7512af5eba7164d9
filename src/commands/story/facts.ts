import { plainInlines } from '../../chat/plain-text.ts'
import { type Inline, notFoundRefusal, type Reply } from '../../chat/reply.ts'
import { firstSentence } from '../../content/first-sentence.ts'
import { fold } from '../../content/fold.ts'
import { memoizeParts } from '../../content/memoize.ts'
import type { Fact, Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { StoryRequest } from '../context.ts'
import { labelOf } from '../label.ts'
import { formatLine } from '../line.ts'
import { drawList, type ListItem, turnButtonsAmong } from '../lists/draw-list.ts'
import {
  chooseByWords,
  chosenBy,
  hasTypedWord,
  readFilter,
  unusedLead,
  type WordsToFind,
  wordsToFind,
} from '../lists/matching-words.ts'
import { type PageFrame, renderPage } from '../pages.ts'

/** `facts [words]`: what was claimed, what the record shows, and how sure we are; all of it, or what words choose. */
export function facts(request: StoryRequest): Reply {
  const { story, storyPrefix, commandLine, call, flags } = request
  if (story.facts.length === 0) return notFoundRefusal(phrases.story.noFacts(`${storyPrefix} help`))
  const { words, number } = readFilter(request.args)
  const { items, used, unused } = chooseFacts(story, words)
  const line = [commandLine, ...used].join(' ')
  if (items.length === 0)
    return { ...notFoundRefusal(phrases.pages.noneWithWords(commandLine)), unread: true }
  const one = number === undefined ? (items.length === 1 ? items[0] : undefined) : items[number - 1]
  if (number !== undefined && !one) return notFoundRefusal(phrases.pages.noSuchNumber(items.length, line))
  const frame: PageFrame = {
    ...unusedLead(call, unused),
    label: labelOf(story),
    title: phrases.story.title.facts(story.title),
  }
  if (one && story.facts.length > 1) {
    const buttons = turnButtonsAmong(factItems(story), one, { verbLine: commandLine, back: commandLine })
    const openLine = `${commandLine} ${one.typed}`
    return renderPage(story, { ...frame, buttons }, [one.full!], { page: flags.page, line: openLine })
  }
  return drawList({
    story,
    frame,
    items,
    line,
    verbLine: commandLine,
    ...chosenBy(call, used),
    menu: phrases.story.menuOfFacts,
    heading: phrases.story.countOfFacts(items.length, `${commandLine} ${items[0]!.typed}`),
    page: flags.page,
  })
}

type FactItem = ListItem & { id: string; words: WordsToFind }

const factItems = memoizeParts((story: Story) =>
  story.facts.map((fact): FactItem => {
    const unit = { sources: fact.sources, part: `${story.slug}/fact:${fact.id}` }
    const { claim } = fact
    const short = shortFact(fact)
    const says = claim ? [claim.says, claim.verdict, claim.short ?? '', claim.source.outlet] : []
    return {
      id: fact.id,
      index: { ...unit, block: { kind: 'list', items: [short] } },
      full: { ...unit, block: { kind: 'list', items: [factText(fact)] } },
      option: claim ? claim.says : firstSentence(plainInlines(fact.text)),
      typed: formatLine({ args: [fact.id], flags: {} }),
      words: wordsToFind(...says, plainInlines(fact.text), fact.id),
    }
  }),
)

/** The facts that typed words choose: the one with this id, otherwise those that have the words. */
function chooseFacts(story: Story, words: string[]): { items: FactItem[]; used: string[]; unused: string[] } {
  const all = factItems(story)
  if (words.length === 0) return { items: all, used: [], unused: [] }
  const named = all.find(({ id }) => id === fold(words.join(' ')))
  if (named) return { items: [named], used: [named.typed], unused: [] }
  const { found, used, unused } = chooseByWords(all, words, (item, word) => hasTypedWord(item.words, word))
  return { items: found, used, unused }
}

/** A claim with its verdict, or the first sentence of what the record shows. */
function shortFact(fact: Fact): Inline[] {
  const { text, claim } = fact
  const sure = certaintyOf(fact)
  if (claim) return phrases.story.claimLine(claim.says, claim.verdict.replace(/\.$/, ''), sure)
  const whole = plainInlines(text)
  const first = firstSentence(whole)
  return phrases.story.factLine(first === whole ? text : [phrases.pages.more(first)], sure)
}

function factText(fact: Fact): Inline[] {
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
