import { readFileSync } from 'node:fs'

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}

/** The files of the page, by request path. Nothing else is ever read from disk. */
const FILES: Record<string, string> = {
  '/': 'index.html',
  '/preview/page.css': 'page.css',
  '/preview/slack.css': 'slack.css',
  '/preview/discord.css': 'discord.css',
  '/preview/dialog.css': 'dialog.css',
  '/preview/replay.css': 'replay.css',
  '/preview/page.js': 'page.js',
  '/preview/turn.js': 'turn.js',
  '/preview/element.js': 'element.js',
  '/preview/view.js': 'view.js',
  '/preview/picker.js': 'picker.js',
  '/preview/combobox.js': 'combobox.js',
  '/preview/dialog.js': 'dialog.js',
  '/preview/form.js': 'form.js',
  '/preview/fields.js': 'fields.js',
  '/preview/menu.js': 'menu.js',
  '/preview/report.js': 'report.js',
  '/preview/replay.js': 'replay.js',
  '/preview/looks.js': 'looks.js',
  '/preview/eye.svg': 'eye.svg',
  '/favicon.ico': 'icon.svg',
}

/** A file of the page; undefined for any other path. Read at each request: it is small, and changes show at once. */
export function pageFile(path: string): Response | undefined {
  const name = Object.hasOwn(FILES, path) ? FILES[path] : undefined
  if (name === undefined) return undefined
  const type = TYPES[name.slice(name.lastIndexOf('.') + 1)]!
  return new Response(readFileSync(new URL(`page/${name}`, import.meta.url)), {
    headers: { 'content-type': type },
  })
}
