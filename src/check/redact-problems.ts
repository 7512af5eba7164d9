import type { ContentFile } from '../content/read/story-folder.ts'
import { formatProblem, type Problem } from '../content/story.ts'

/** Matches the story folder in a path, or a file in its place. */
const STORY_FOLDER = /^(?:.*[\\/])?stories[\\/]([^\\/]+)/
/** Matches an embargo in a file, even if the word is misspelt. */
const EMBARGO = /embargo|^[\s{,"'-]*em\w{2,}["']?\s*:/im
const COMMAND = /^[\s{,"']*command["']?\s*:\s*["']?([a-z0-9-]+)/m

/**
 * Formats problems as a log and `/health` may show them: those of secret stories are only counted. Nobody can tell
 * which part of a broken file is secret, so a whole story is secret as soon as one of its files has an embargo. With
 * `seen`, the stories that are answered from, every other story is secret too.
 */
export function redactProblems(
  problems: Problem[],
  files: ContentFile[],
  seen?: ReadonlySet<string>,
): string[] {
  const secret = secretStories(files, seen)
  const names = [...secret.values()].flat()
  const isSecret = ({ file, message }: Problem): boolean => {
    const slug = STORY_FOLDER.exec(file)?.[1]
    // A file outside of the stories, such as digests.yml, may name any of them.
    if (slug === undefined ? secret.size > 0 : secret.has(slug) || seen?.has(slug) === false) return true
    return names.some(name => message.includes(name))
  }
  const shown = problems.filter(problem => !isSecret(problem)).map(formatProblem)
  const hidden = problems.length - shown.length
  if (hidden === 0) return shown
  const counted = hidden === 1 ? '1 problem' : `${hidden} problems`
  const them = hidden === 1 ? 'it' : 'them'
  return [...shown, `${counted} in a story that is not published yet; npm run check shows ${them}`]
}

/** Finds stories that may hold something secret, each with the names by which people would ask for it. */
function secretStories(files: ContentFile[], seen: ReadonlySet<string> | undefined): Map<string, string[]> {
  const folders = Map.groupBy(files, file => STORY_FOLDER.exec(file.path)?.[1])
  const secret = new Map<string, string[]>()
  for (const [slug, storyFiles] of folders) {
    if (slug === undefined) continue
    const written = storyFiles.filter(({ path }) => !path.endsWith('.txt'))
    if (seen?.has(slug) !== false && !written.some(({ text }) => EMBARGO.test(text))) continue
    // A name that everybody knows already gives nothing away.
    const commands = written.flatMap(({ text }) => COMMAND.exec(text)?.[1] ?? [])
    secret.set(slug, seen?.has(slug) ? [] : [slug, ...commands])
  }
  return secret
}
