import type { DraftFile } from './draft.ts'

/** An empty draft with comments that say what belongs where, for a story that no page begins. */
export function skeleton(slug: string, today: string): DraftFile[] {
  const path = (file: string) => `drafts/${slug}/${file}`
  return [
    { path: path('story.md'), text: storyText(today) },
    { path: path('sources.yml'), text: SOURCES },
    { path: path('quotes.yml'), text: QUOTES },
    { path: path('timeline.yml'), text: TIMELINE },
    { path: path('people.yml'), text: PEOPLE },
    {
      path: path('draft.yml'),
      text: `# Nothing in this folder is shown to anyone. Delete the folder to throw the draft away.\nimported: ${today}\n`,
    },
  ]
}

const storyText = (today: string) => `---
draft: true                      # nothing of this is shown; publishing takes this line out
title: "REWRITE: the title"
dek: "REWRITE: what it is about, in one line"
state: developing                # developing, settled or archived
coversTo: ${today}             # the date of the last event you know of
tags: []
---

## Summary

> REWRITE: what has happened, in at most 120 words, with sources such as \\[1\\]; then take this line out.

## Status

> REWRITE: one line on how things stand, with its source.
`

const SOURCES = `# Numbered documents. Put our copy into sources/1.txt, byte for byte, and quotations can be checked against it.
# - number: 1
#   outlet: City of Exampleton
#   title: Notice on the closing of the bridge
#   kind: official-local           # news, primary, court-filing, official-local, secondary, reference or mirror
#   date: 2026-05-02
#   url: https://example.org/bridge
#   text: 1.txt
#   rights: Local public record.
[]
`

const QUOTES = `# Exact words from a stored text. Write “tick: yes” on what belongs into the story.
# - id: mayor-1
#   tick: yes
#   speaker: Ana Example
#   role: Mayor at the time
#   kind: direct                   # direct, partial or reported
#   words: "The bridge stays shut until it is safe."
#   source: 1
#   saidOn: 2026-05-02             # or: not given
[]
`

const TIMELINE = `# Dated events, oldest first; what is still to come last, with “expected: true”.
# - date: 2026-05-02
#   tick: yes
#   id: closing
#   text: The city closes the bridge after an inspection.
#   confidence: medium             # high with two independent sources
#   sources: [1]
[]
`

const PEOPLE = `# Who is in the story, with the role they had then.
# - name: Ana Example
#   tick: yes
#   role: Mayor in 2026
#   sources: [1]
[]
`
