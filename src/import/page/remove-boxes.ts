/** What is around an article on a page, or cannot be seen. */
const AROUND = [
  'nav, aside, footer, form, dialog, template, noscript, [hidden], [aria-hidden="true"]',
  '[role="navigation"], [role="complementary"], [role="contentinfo"], [role="dialog"], [role="alertdialog"], [role="search"]',
  'amp-ad, amp-sidebar, amp-social-share, amp-consent, amp-user-notification, amp-list',
  // The marks of references and the links to edit of a wiki.
  'sup.reference, .mw-editsection, .reference-text, .navbox, .catlinks, #toc, .toc',
].join(', ')

const HIDDEN_STYLE = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i

/** Words in the classes and the id of boxes that stand within an article and are no part of it. */
const BOX_WORDS = new Set(
  [
    'share sharing sharebar shares social sharedaddy addthis addtoany',
    'related recirc recirculation recommended recommendations recommend trending mostread mostpopular popular readmore morefrom morestories',
    'comments comment disqus respond replies',
    'newsletter signup subscribe subscription paywall regwall',
    'promo promoted promobox advert advertisement ads adslot sponsored taboola outbrain',
    'breadcrumb breadcrumbs pagination pager',
    'tags taglist topics',
    'authorbio bio aboutauthor',
    'print printonly toolbar tools',
    // What is said of pictures.
    'figcaption caption captions imagecaption photocaption',
  ]
    .join(' ')
    .split(' '),
)
/** Pairs of such words that say nothing alone. */
const BOX_PAIRS =
  /(?:^|[\s_-])(?:read[_-]more|most[_-](?:read|popular|viewed)|more[_-](?:from|stories|news|on|coverage)|also[_-](?:read|see|on)|author[_-](?:bio|info|box|card)|about[_-](?:the[_-])?author|sign[_-]up|mailing[_-]list|inline[_-](?:ad|promo|related)|ad[_-](?:container|wrapper|unit|slot|placeholder)|follow[_-]us|call[_-]to[_-]action|(?:photo|image|img|picture|media)[_-](?:credits?|captions?|source|info)|jp[_-]relatedposts)(?:$|[\s_-])/

/** A box with more than this share of the text is the article, whatever it is called. */
const MAX_SHARE = 0.4

/** Removes what is around the article: menus, sidebars, forms, what is hidden. Unless it holds most of the page. */
export function removeAround(document: Document): void {
  const { body } = document
  if (!body) return
  const most = textLength(body) * MAX_SHARE
  for (const element of [...body.querySelectorAll(AROUND)]) if (textLength(element) <= most) element.remove()
  for (const element of [...body.querySelectorAll('[style]')])
    if (HIDDEN_STYLE.test(element.getAttribute('style') ?? '') && textLength(element) <= most)
      element.remove()
}

/** Removes boxes from within an article: what is to be shared, read next, signed up for, or said by readers. */
export function removeBoxes(content: Element): void {
  const most = textLength(content) * MAX_SHARE
  for (const element of [...content.querySelectorAll('figcaption, [class], [id]')])
    if (isBox(element) && textLength(element) <= most) element.remove()
  for (const cell of [...content.querySelectorAll('td')]) if (isMenu(cell)) cell.remove()
}

/** Whether a cell beside the text of an old page holds nothing but links. */
function isMenu(cell: Element): boolean {
  const links = [...cell.querySelectorAll('a')]
  const length = textLength(cell)
  const linked = links.reduce((sum, link) => sum + textLength(link), 0)
  const row = cell.parentElement
  return links.length > 1 && linked >= length * 0.8 && row !== null && textLength(row) > length * 5
}

function isBox(element: Element): boolean {
  if (element.localName === 'figcaption') return true
  // Readability names its own element so.
  if (element.id === 'readability-page-1') return false
  const names = `${element.getAttribute('class') ?? ''} ${element.id}`.slice(0, 500)
  if (names === ' ') return false
  const lower = names.toLowerCase()
  return lower.split(/[\s_-]+/).some(word => BOX_WORDS.has(word)) || BOX_PAIRS.test(lower)
}

const textLength = (element: Element): number => (element.textContent ?? '').replace(/\s+/g, ' ').length
