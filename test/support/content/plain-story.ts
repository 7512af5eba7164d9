import type { ContentFile } from '../../../src/content/read/story-folder.ts'

/** A story as an editor types it, with every file: what can be mistyped in it is a test of the readers. */
export const PLAIN_STORY = {
  'story.md': `---
title: The bridge on Main Street
dek: Why it closed and when it opens.
state: developing                # developing, settled or archived
coversTo: 2026-05-04             # the date of the last event you know of
checked: { on: 2026-05-05 }      # the day somebody checked all of it
tags: [transport]
---

## Summary

The city closed the bridge on 2 May 2026. [1] Shop owners say that one lane could stay open. [2]

> Editor's note: the cost is not known.

## Status

Closed; no opening date was given. [1]
`,
  'sources.yml': `- number: 1
  outlet: City of Exampleton
  title: Notice on the closing of the bridge
  kind: official-local
  date: 2026-05-02
  rights: Local public record; cited, not stored.

- number: 2
  outlet: Exampleton Gazette
  title: Report on the closing
  kind: news
  date: 2026-05-04
  text: gazette.txt
  rights: © Exampleton Gazette; stored to check quotations.
`,
  'sources/gazette.txt': `The bridge is shut.

“The bridge stays shut until it is safe,” the mayor said at the café. “Nobody will cross it.”
`,
  'quotes.yml': `- id: mayor-1
  speaker: Ana Example
  role: Mayor at the time
  kind: direct                   # direct, partial, or reported
  words: "The bridge stays shut until it is safe,"
  source: 2                      # must have a stored text
  saidOn: 2026-05-02             # or: not given
  remark: before the inspection  # a few words for the first line

- id: mayor-2
  speaker: Ana Example
  role: Mayor at the time
  kind: direct
  words: "Nobody will cross it."
  source: 2
  saidOn: not given
`,
  'timeline.yml': `- date: 2026-05-02
  text: The city closes the bridge after an inspection.
  confidence: medium
  sources: [1]
- id: protest
  date: 2026-05-04
  text: Drivers protest.
  confidence: high
  sources: [1, 2]
`,
  'people.yml': `- name: Ana Example
  aliases: [Mayor Example]
  role: Mayor in 2026
  about: Ordered the closing.
  sources: [1]
`,
  'facts.yml': `- id: lane
  text: The inspection found both lanes unsafe.
  confidence: medium
  sources: [1]
  claim:
    says: The bridge is shut.
    source: 2
    words: "The bridge is shut."
    verdict: The bridge is open.
`,
  'corrections.yml': `- on: 2026-05-06
  part: quote:mayor-1
  was: Nobody said it.
  now: The mayor said it.
  why: The report names her.
`,
}

/** The files of the story, some of them changed: a text in place of another, or a new file. */
export function plainStoryFiles(changed: Record<string, string | undefined> = {}): ContentFile[] {
  return Object.entries({ ...PLAIN_STORY, ...changed }).flatMap(([name, text]) =>
    text === undefined ? [] : [{ path: `stories/bridge/${name}`, text, origin: name }],
  )
}
