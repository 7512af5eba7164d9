import type { ContentFile } from '../../../src/content/read/story-folder.ts'

/** The file `digests.yml` of a content folder: with this text, or with these digests, as JSON, which is YAML too. */
export const digestFile = (digests: string | object[]): ContentFile => ({
  path: 'digests.yml',
  origin: 'content/digests.yml',
  text: typeof digests === 'string' ? digests : JSON.stringify(digests, null, 1),
})
