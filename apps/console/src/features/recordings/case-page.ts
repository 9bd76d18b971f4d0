import type { CaseComment, CaseFile, CasePiece } from '@kaibo/contract/media/recording'
import { sizeText } from './model.ts'

export type CaseWords = {
  t(key: string, values?: Record<string, string | number>): string
  format: {
    duration(ms: number): string
    fen(fen: number): string
  }
}

/** To the second and in one time zone, wherever the page is read: 2026-03-01 20:00:00. */
const clock = new Intl.DateTimeFormat('sv-SE', {
  ...{ dateStyle: 'short', timeStyle: 'medium', timeZone: 'Asia/Shanghai' },
})
const timeOf = (at: string): string => clock.format(new Date(at))

/** Text that is markup of our own; everything else is escaped on its way in. */
type Html = { readonly html: string }
type Part = Html | string | number | readonly Html[]

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, char => `&#${char.charCodeAt(0)};`)

const textOf = (part: Part): string => {
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part))
  return 'html' in part ? part.html : part.map(({ html }) => html).join('\n')
}

const html = (markup: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: String.raw({ raw: markup }, ...parts.map(textOf)),
})

/**
 * A case file as one page that anybody can read, print and keep without us: what is known of the
 * session, what was sold and said when, every file of the film with its hash, and the whole of it as
 * JSON for machines (`<script id="case">`). It runs nothing and fetches nothing.
 */
export function casePage(file: CaseFile, words: CaseWords): string {
  const { t } = words
  const { recording } = file
  const title = t('case.title', { title: recording.title })
  // Inside a script only `<` could end it.
  const json = JSON.stringify(file, null, 1).replaceAll('<', '\\u003c')
  const page = html`<!doctype html>
<html lang="${t('case.lang')}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${{ html: style }}</style>
<h1>${title}</h1>
<p>${t('case.madeAt', { at: timeOf(file.madeAt) })} · ${t('case.zone')}</p>
${factsOf(file, words)}
${holdsOf(file, words)}
${productsOf(file, words)}
${commentsOf(file.comments, words)}
${filmOf(file, words)}
<script type="application/json" id="case">${{ html: json }}</script>
</html>`
  return page.html
}

const style = `body{max-width:60rem;margin:2rem auto;padding:0 1rem;font:15px/1.6 system-ui,sans-serif;color:#111}
h1{font-size:1.5rem}h2{margin-top:2.5rem;font-size:1.15rem}table{width:100%;border-collapse:collapse}
th,td{padding:.35rem .5rem;border:1px solid #bbb;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#f2f2f2}code{font-size:.85em}.num{white-space:nowrap;font-variant-numeric:tabular-nums}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dd{margin:0;overflow-wrap:anywhere}
.wide{overflow-x:auto}.wide table{min-width:52rem}tr{break-inside:avoid}`

function factsOf({ recording }: CaseFile, { t, format }: CaseWords): Html {
  const at = (instant: string | null) => (instant ? timeOf(instant) : t('case.none'))
  const facts: [string, string][] = [
    ['shop', `${recording.shopName} (${recording.shopId})`],
    ['session', recording.liveId],
    ['began', at(recording.startedAt)],
    ['ended', at(recording.endedAt)],
    ['length', `${format.duration(recording.durationMs)} · ${sizeText(recording.bytes)}`],
    ['kept', `${at(recording.keepUntil)} · ${t(`recordings.retention.${recording.retention}`)}`],
  ]
  const rows = facts.map(([name, value]) => html`<dt>${t(`case.${name}`)}</dt><dd>${value}</dd>`)
  return html`<h2>${t('case.facts')}</h2>\n<dl>${rows}</dl>`
}

function holdsOf({ holds }: CaseFile, { t }: CaseWords): Html {
  const rows = holds.map(({ reason, placedAt, liftedAt, liftReason }) => [
    timeOf(placedAt),
    reason,
    liftedAt ? `${timeOf(liftedAt)} ${liftReason}` : t('recordings.stands'),
  ])
  return table(t('recordings.holds'), {
    ...{ t, rows },
    head: ['case.at', 'case.reason', 'case.holdEnd'],
  })
}

function productsOf({ products }: CaseFile, { t, format }: CaseWords): Html {
  const rows = products.map(({ number, product, explains }) => [
    number ?? '',
    `${product.title} (${product.id})`,
    format.fen(product.priceFromFen),
    explains
      .map(({ fromMs, toMs }) => `${format.duration(fromMs)} – ${format.duration(toMs)}`)
      .join(', '),
  ])
  return table(t('case.products'), {
    ...{ t, rows },
    head: ['case.number', 'case.product', 'case.priceNow', 'case.explained'],
  })
}

function commentsOf(comments: readonly CaseComment[], { t, format }: CaseWords): Html {
  const rows = comments.map(({ atMs, comment, originalText }) => [
    timeOf(comment.at),
    format.duration(atMs),
    `${comment.author.nickname} (${comment.author.id})`,
    comment.text === originalText ? originalText : `${originalText} → ${comment.text}`,
    t(`case.state.${comment.state}`),
  ])
  return table(t('case.comments'), {
    ...{ t, rows },
    head: ['case.at', 'case.inFilm', 'case.author', 'case.text', 'case.stateOf'],
  })
}

/** Runs of pieces that one init file decodes: each is one film. */
function filmOf({ pieces, addressesUntil }: CaseFile, { t, format }: CaseWords): Html {
  const runs = Map.groupBy(pieces, ({ initKey }) => initKey)
  const films = [...runs.values()].map((run, place) => {
    const link = (key: string, url: string) =>
      html`<a href="${url}" download>${key.split('/').at(-1) ?? key}</a>`
    const row = (piece: CasePiece) => html`<tr><td class="num">${timeOf(piece.startedAt)}</td>
<td class="num">${format.duration(piece.atMs)}</td><td class="num">${sizeText(piece.bytes)}</td>
<td>${link(piece.key, piece.url)}</td><td><code>${piece.sha256}</code></td></tr>`
    const [first] = run
    return html`<h3>${t('case.film', { number: place + 1 })}</h3>
<p>${t('case.init')} ${first ? link(first.initKey, first.initUrl) : ''}</p>
<div class="wide"><table><tr>${heads(['case.at', 'case.inFilm', 'case.size', 'case.file', 'case.hash'], t)}</tr>
${run.map(row)}</table></div>`
  })
  return html`<h2>${t('case.films')}</h2>
<p>${t('case.filmHint', { until: timeOf(addressesUntil) })}</p>
<pre>cat init-0.mp4 0.m4s 1.m4s … &gt; film.mp4
sha256sum 0.m4s</pre>
${films}`
}

const heads = (keys: readonly string[], t: CaseWords['t']): Html[] =>
  keys.map(key => html`<th>${t(key)}</th>`)

type Rows = {
  head: readonly string[]
  rows: readonly (readonly (string | number)[])[]
  t: CaseWords['t']
}

function table(title: string, { head, rows, t }: Rows): Html {
  if (rows.length === 0) return html`<h2>${title}</h2>\n<p>${t('case.none')}</p>`
  const lines = rows.map(row => html`<tr>${row.map(cell => html`<td>${cell}</td>`)}</tr>`)
  return html`<h2>${title} (${rows.length})</h2>
<div class="wide"><table><tr>${heads(head, t)}</tr>
${lines}</table></div>`
}
