import { listFolder, readListed } from '../content/read/folder.ts'
import { ofDrafts, ofStory } from '../content/read/list-files.ts'
import { type ContentFile, isDraft } from '../content/read/story-folder.ts'
import type { Problem } from '../content/story.ts'
import type { DraftFolder } from '../import/draft/draft.ts'
import { readDrafts } from '../import/draft/read-draft.ts'

/** The drafts of a content folder: those in `drafts/`, and stories that are marked as one. Nothing serves them. */
export function draftsIn(folder: string): { drafts: DraftFolder[]; problems: Problem[] } {
  const { files, problems } = readListed(folder, listFolder(folder, ofDrafts))
  const marked = files.filter(file => file.path.startsWith('stories/') && isDraft([file]))
  const inStories = marked.flatMap(({ path }) => {
    const slug = path.split('/')[1]!
    return asDraftFiles(readListed(folder, listFolder(folder, ofStory(slug))).files)
  })
  const drafts = readDrafts(files)
  return {
    drafts: [...drafts, ...readDrafts(inStories)],
    // What is wrong with a whole story is told elsewhere.
    problems: problems.filter(({ file }) =>
      files.every(each => each.origin !== file || each.path.startsWith('drafts/')),
    ),
  }
}

const asDraftFiles = (files: ContentFile[]) =>
  files.map(file => ({ ...file, path: file.path.replace(/^stories\//, 'drafts/') }))
