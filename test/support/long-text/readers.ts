import { plainInlines } from '../../../src/chat/plain-text.ts'
import { harmlessName, isBreaking, safeText } from '../../../src/chat/safe-text.ts'
import { secrecyOf } from '../../../src/check/redact-problems.ts'
import { formatLine, parseLine, splitCommand, textAfter } from '../../../src/commands/line.ts'
import { plainWords } from '../../../src/commands/plain/words.ts'
import { splitWords } from '../../../src/commands/quote/align-words.ts'
import { readableText } from '../../../src/commands/quote/readable-text.ts'
import { samenessOf } from '../../../src/commands/quote/same-words.ts'
import {
  piecesBetweenEllipses,
  splitEnding,
  withoutMarksAround,
  withoutOuterEllipses,
} from '../../../src/commands/quote/typed-words.ts'
import { findWords, fold, tokens, tokensWithOffsets } from '../../../src/content/fold.ts'
import { likeness } from '../../../src/content/likeness.ts'
import { closestNames, nameIndex, nearestSpellings } from '../../../src/content/names/closest-names.ts'
import { hasOutletOmission } from '../../../src/content/omission.ts'
import { hadWords } from '../../../src/content/part-words.ts'
import { readQuotations } from '../../../src/content/quotation-marks.ts'
import { insertEntries, plainList } from '../../../src/content/read/documents/insert-entries.ts'
import { explainUnseen } from '../../../src/content/read/explain-unseen.ts'
import { readInlines, readSections } from '../../../src/content/read/markdown.ts'
import { PeopleFile, SourcesFile, StoryFile } from '../../../src/content/read/schemas.ts'
import { speakerLabelProblem } from '../../../src/content/read/speaker-labels.ts'
import { findUnseen } from '../../../src/content/read/unseen-characters.ts'
import { fieldPositions, parseYaml, parseYamlList } from '../../../src/content/read/yaml.ts'
import { isSameText } from '../../../src/content/same-correction.ts'
import { splitIntoWords } from '../../../src/content/segments.ts'
import type { Quote, Source } from '../../../src/content/story.ts'
import { verifyPassages } from '../../../src/content/verify-passages.ts'
import { isInsideWord } from '../../../src/content/word-edges.ts'
import { parseDayRange, parseSince } from '../../../src/dates/dates.ts'
import { zoneKey } from '../../../src/dates/zone-key.ts'
import { zonesNamed } from '../../../src/dates/zones-named.ts'
import { readRhythm } from '../../../src/digests/rhythm.ts'
import { zoneOffers } from '../../../src/digests/zones.ts'
import { markdown } from '../../../src/platforms/discord/markdown.ts'
import { readableText as discordText } from '../../../src/platforms/discord/mention.ts'
import { discordMarkdown } from '../../../src/platforms/preview/discord-markdown.ts'
import { slackMrkdwn } from '../../../src/platforms/preview/slack-text.ts'
import { stripControls, wrap } from '../../../src/platforms/preview/wrap.ts'
import { mrkdwn } from '../../../src/platforms/slack/mrkdwn.ts'
import { plainMessageText, readableText as slackText } from '../../../src/platforms/slack/payload.ts'
import { formatFailure } from '../../../src/store/failure-text.ts'

/** The preview draws only what is in a message, which has a limit. */
const MAX_DRAWN = 1_400

export type Reader = (text: string) => unknown

const file = (text: string) => ({ file: 'x', text, linesBefore: 0 })
const names = nameIndex(['lawsuit', 'welcoming-city', 'Rahm Emanuel', 'Jeff Sessions'])
const SPEAKER = { speaker: 'Ana Example', aliases: [], role: 'Mayor' } as unknown as Quote
const WORDS = 'We asked for repairs for years, and nobody came to the bridge.'
const half = (text: string) => [text.slice(0, text.length >> 1), text.slice(text.length >> 1)] as const

/** Readers of files that editors write or store, which may be of any length. */
export const FILE_READERS: Record<string, Reader> = {
  fold,
  tokens,
  tokensWithOffsets,
  findWords: text => findWords(WORDS, text),
  splitIntoWords,
  isInsideWord: text => [1, 50, text.length >> 1, text.length - 1].map(at => isInsideWord(text, at)),
  readQuotations,
  hasOutletOmission,
  likeness: text => likeness(text, WORDS),
  closestNames: text => closestNames(text, names),
  nameIndex: text => closestNames('lawsuit', nameIndex([text])),
  nearestSpellings: text => nearestSpellings(text, ['lawsuit']),
  hadWords: text => hadWords(text, WORDS),
  hadLongWords: text => hadWords(...half(text)),
  hadSameWords: text => hadWords(text, 'a…b'),
  findUnseen,
  explainUnseen: text => explainUnseen(WORDS, text),
  explainLongUnseen: text => explainUnseen(text, WORDS),
  explainHalfUnseen: text => explainUnseen(text.slice(0, 300), `${text} x`),
  verifyPassages: text => verifyPassages([WORDS], text),
  verifyInMarks: text => verifyPassages([WORDS], `${text}“${WORDS}”`, { inMarks: true }),
  verifyLongPassage: text => verifyPassages([text.slice(0, text.length >> 1), text.slice(0, 40)], text),
  speakerLabels: text =>
    speakerLabelProblem(SPEAKER, {
      source: { text } as Source,
      spans: [{ start: text.length, end: text.length, line: 1 }],
    }),
  isSameText: text => isSameText(text, ` ${text}`),
  readSections: text => readSections(file(`## Summary\n\n${text}`)),
  readInlines: text => readInlines(file(text)),
  yamlMap: text => parseYaml(file(text), StoryFile),
  yamlValue: text => parseYaml(file(`title: ${text}`), StoryFile),
  yamlQuoted: text => parseYaml(file(`title: "${text}`), StoryFile),
  yamlSingle: text => parseYaml(file(`title: '${text}'`), StoryFile),
  yamlBlock: text => parseYaml(file(`title: |\n  ${text}`), StoryFile),
  yamlList: text => parseYamlList(file(text), SourcesFile.element),
  yamlEntry: text => parseYamlList(file(`- name: ${text}`), PeopleFile.element),
  yamlFlow: text => parseYamlList(file(`[${text}`), PeopleFile.element),
  plainList,
  insertEntries: text => insertEntries(text, [{ id: 'a' }]),
  fieldPositions: text => fieldPositions(text, 'id'),
  secrecyOf: text => secrecyOf([{ path: 'stories/a/story.md', text }]),
  formatFailure: text => formatFailure({ message: text, human: text }),
  isBreaking,
  safeText,
  harmlessName,
  plainInlines: text => plainInlines([text, { bold: text }]),
  slackMrkdwn: text => mrkdwn([text, { bold: text }]),
  discordMarkdown: text => markdown([text, { bold: text }, { link: 'https://a.b', text }]),
  stripControls,
  wrap: text => wrap(text, 80),
}

/** Readers of what people type, send or choose in chat, before its length is limited. */
export const MESSAGE_READERS: Record<string, Reader> = {
  splitCommand,
  slackMessage: plainMessageText,
  slackMention: text => slackText(text, 'U1'),
  slackAnyMention: text => slackText(text),
  discordMention: text => discordText({ content: text }, { id: '1', isOwnRole: () => true }),
  formatLine: text => formatLine({ args: [text], flags: { was: text } }),
}

/** Readers of a line that is known to be no longer than a line may be. */
export const LINE_READERS: Record<string, Reader> = {
  parseLine,
  textAfter: text => textAfter(text, 2),
  withoutMarksAround,
  withoutOuterEllipses,
  splitEnding,
  piecesBetweenEllipses,
  readableText,
  splitWords,
  samenessOf: text => samenessOf(text, `${text} x`),
  parseSince: text => parseSince(text, 0, 'UTC'),
  parseDayRange: text => parseDayRange(text, '2026-05-05'),
  plainWords,
  zoneKey,
  zonesNamed,
  zoneOffers,
  readRhythm: text => readRhythm([text]),
  slackPreview: text => slackMrkdwn(text.slice(0, MAX_DRAWN)),
  discordPreview: text => discordMarkdown(text.slice(0, MAX_DRAWN)),
}
