/** Text of an outlet as Markdown that shows the very same characters. */
export const markdownText = (text: string): string =>
  text
    .replace(/[\\`*_[\]<>~|&#]/g, sign => `\\${sign}`)
    // At the start of a line these would begin a list, a quotation or a heading.
    .replace(/^(?=[-+=])/, '\\')
    .replace(/^(\d+)([.)])/, '$1\\$2')
