/**
 * Lines of a page that tell readers something about the page, not the story. Each pattern is of whole lines in lower case,
 * with straight quotation marks. A new one is a line here; `test/import/page/notices.test.ts` holds what must not be taken.
 */
const NOTICES: RegExp[] = [
  // The page is old, or the browser is.
  /^this is an archived (?:article|story|page|version)\b.*/,
  /^this (?:article|story|page|post|content) (?:is|was) (?:more than|over|at least) (?:a|one|two|three|five|ten|\d+) (?:months?|years?) old\b.*/,
  /^(?:editor's )?(?:note|notice): (?:this|the following) (?:is an |article is an? |story is an? )?(?:archived|older)\b.*/,
  /^(?:notice: )?(?:you are|you're|you appear to be|it (?:looks|seems) like you(?:'re| are)) using an? (?:outdated|old|unsupported)\b.*browser\b.*/,
  /^(?:your browser|this browser) (?:is (?:out of date|outdated|no longer supported|not supported)|does not support)\b.*/,
  /^(?:please )?(?:enable|turn on) (?:javascript|cookies)\b.*/,
  /^(?:javascript|cookies) (?:is|are|must be|needs? to be) (?:disabled|required|enabled|needed)\b.*/,
  // When and by whom, where these stand in lines of their own: the head of the page has them.
  /^(?:(?:first |originally |last )?(?:published|posted|updated|modified|reviewed)|date)(?: on| at)?\b:?[^.!?"]{0,20}\d[^!?"]{0,90}$/,
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}|\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}\.?),? \d{4}(?:[ ,|/·•–-]{1,4}(?:at )?\d{1,2}[:.]\d{2}(?::\d{2})? ?(?:[ap]\.?m\.?)?(?: ?[a-z]{2,4})?)?$/,
  /^\d{1,3}[ -]min(?:ute)?s?(?: read)?$/,
  /^by [^.!?"]{3,60}(?: (?:\||-|–|—|•|·) [^!?"]{3,60})?$/,
  // The number of a picture or of a page.
  /^[^\p{L}\p{N}]{0,3}\d{0,3}[^\p{L}\p{N}]{0,3}$/u,
  // Read, watch and listen on.
  /^(?:read|see|learn|find out|watch|view|discover) more(?: here| now| below)?\s?[.:!»›>→…]*$/,
  /^(?:read|see|learn|find out|watch|view|discover) more (?:about|on|at|from|of)\b.{0,80}[^.!?"]$/,
  /^(?:read|see|learn|watch) more: .*/,
  /^(?:read (?:also|next|the full (?:story|article|report))|also read|see also|must[- ]reads?|don't miss|you may also like|you might also like|recommended (?:for you|reading|stories)|more (?:stories|news|coverage|headlines)|more (?:from|on|in) [^.!?"]{1,60}|related(?: (?:stories|articles|content|coverage|news|links|posts|topics|reading))?|trending(?: now)?|most (?:read|popular|viewed)|up next|keep reading|continue reading(?: the main story)?|(?:the )?(?:story|article) continues? (?:below|after)\b.{0,60})(?:\s?[:.…»›>→]+)?$/,
  /^(?:read (?:also|next|the full (?:story|article|report))|also read|see also|related(?: (?:story|stories|article|articles|coverage|content|news|video))?|don't miss|must[- ]read|watch|listen|watch (?:live|now)|video|photos|gallery|pictures|in pictures)\s?[:|»›>→]\s?.{1,200}$/,
  /^(?:click|tap) (?:here|on the\b.{0,40}) (?:to|for)\b.*/,
  /^(?:watch|see|view) (?:the )?(?:video|full video|clip|gallery|slideshow|photos)(?: (?:above|below|here))?\s?[.:]?$/,
  /^(?:this )?video (?:is )?(?:not available|unavailable|can not be played|cannot be played)\b.*/,
  // Sign up, subscribe, support, download.
  /^(?:sign up|signup|subscribe|register)(?: (?:here|now|today|free|us|our newsletters?))?\s?[.:!»›>→]*$/,
  /^(?:sign up|signup|subscribe|register)\b(?: (?:here|now|today))? ?(?:for|to|and|:|\.)? .{0,120}\b(?:newsletters?|e-?mails?|inbox|alerts?|updates|briefings?|digests?|podcasts?|channel|free)\b.{0,120}$/,
  /^(?:get|receive|have) (?:the )?(?:latest|breaking|top|daily|our|more|local)\b.{0,120}\b(?:inbox|newsletters?|email|e-mail|alerts?|app|delivered)\b.{0,80}$/,
  /^(?:already a subscriber|already have an account|not a subscriber|to continue reading|to read the full|you have (?:reached|read) your\b|this (?:content|article) is (?:only )?(?:for|available to) (?:our )?(?:subscribers|members))\b.*/,
  /^(?:support|donate to|become a (?:member|subscriber|supporter))\b.{0,20}\b(?:journalism|newsroom|local news|today|now|reporting|us)\b.{0,120}$/,
  /^(?:download|get) (?:the|our) (?:free )?[^.]{0,40}\bapp\b.{0,120}$/,
  /^(?:newsletters?|email address|your email(?: address)?|enter your email(?: address)?|submit|log ?in|sign in|my account|skip to (?:main )?content)\s?[.:*]?$/,
  /^by (?:signing up|subscribing|submitting|clicking|entering your email)\b.*/,
  /^(?:thank you for (?:signing up|subscribing)|thanks for (?:signing up|subscribing))\b.*/,
  // Advertising.
  /^(?:\[?(?:advertisement|advertising|advert|ad|ads|sponsored(?: content)?|paid (?:content|post|advertisement)|promoted(?: content)?)\]?)(?:\s?[-–—:]\s?(?:scroll to continue|continue reading below|story continues below|article continues below)?)?$/,
  /^(?:skip advertisement|scroll to continue\b.{0,40}|article continues after (?:ad|advertisement)|remove ads|about our ads|ad feedback)$/,
  // Share, follow, comment.
  /^(?:share|tweet|pin it|email|e-mail|print|save|facebook|twitter|linkedin|whatsapp|reddit|copy link|share (?:this|on|via|by|with)\b[^.!?"]{0,60}|facebook twitter\b.{0,60}|share tweet\b.{0,40})\s?[:.]?$/,
  /^(?:follow|like|find|join|connect with) (?:us|me|him|her|them|[@a-z][^.!?"]{0,50}) (?:on|at|via) (?:facebook|twitter|x|instagram|tiktok|youtube|linkedin|whatsapp|telegram|bluesky|threads|mastodon|social media|google news)\b.{0,160}$/,
  /^(?:follow|contact|reach|email|e-mail) [^.!?"]{0,60}(?: at | on |: ).{0,60}@[\w.-]+.{0,60}$/,
  /^(?:leave a (?:comment|reply)|post a comment|join the conversation|view comments?|show comments?|comments?(?: are closed)?|no comments(?: yet)?|\d{1,5} comments?|add a comment|report (?:a )?(?:typo|error|mistake|correction)\b.{0,60})\s?[.:]?$/,
  /^(?:have|got|do you have) a (?:news |story |confidential )?(?:tip|story|question|story idea)\b.{0,200}$/,
  /^what do you think\b.{0,40}\b(?:comments?|let us know)\b.{0,60}$/,
  // Credits and rights.
  /^(?:\(?©|copyright\b|\(c\) ?\d{4}).{0,250}$/,
  /^.{0,120}\ball rights reserved\b.{0,250}$/,
  /^this material may not be (?:published|broadcast|rewritten|redistributed)\b.*/,
  /^(?:photo|photos|image|images|picture|video|graphic|illustration|photograph|photo illustration|getty images|photo credit|image credit|credit|credits|photo courtesy)(?: (?:by|courtesy(?: of)?))?\s?[:|]\s?.{0,120}$/,
  /^(?:image|media|photo|picture) (?:source|caption|copyright),? .{1,160}$/,
  /^(?:photo|image|picture|photograph|illustration) (?:by|courtesy of) .{1,100}$/,
  /^\(?(?:ap|afp|reuters|getty|epa|cnn) (?:photo|images?|video)\b[^.!?"]{0,80}\)?$/,
  /^[^.!?"]{0,80}\/\s?(?:getty images|ap|associated press|afp|reuters|epa|shutterstock|istock)(?: (?:photo|via [^.!?"]{0,40}))?\.?$/,
  /^[^"]{1,160}\b(?:contributed|contributing) to this (?:report|story|article|post)\.?$/,
  /^(?:reporting|additional reporting|edited|editing|writing|compiled|translated) by [^!?"]{1,200}$/,
  /^our standards: .{0,80}$/,
]

/** No notice is longer than the one about outdated browsers, twice. */
const MAX_NOTICE = 600
/** So many words in quotation marks may be somebody's: such a line is kept, whatever it begins with. */
const QUOTED = /["“«][^"“”«»]{30,}["”»]/

/** Whether a line of a page is a notice, not a part of the story. */
export function isNotice(line: string): boolean {
  if (line.length > MAX_NOTICE) return false
  const plain = line.replace(/[‘’]/g, "'").replace(/[“”]/g, '"').toLowerCase()
  return NOTICES.some(notice => notice.test(plain)) && !QUOTED.test(line)
}
