import type { Language } from './i18n.ts'

const numberFormats = new Map<string, Intl.NumberFormat>()
const dateFormats = new Map<string, Intl.DateTimeFormat>()

/** Integer fen as money: `¥1,280` for whole yuan, `¥12.90` otherwise. */
export function formatFen(fen: number, language: Language): string {
  return yuanFormat(fen, language).format(fen / 100)
}

/** The parts of a price for setting it in different sizes: sign, symbol, whole yuan, `.90` or ''. */
export function fenParts(fen: number, language: Language): FenParts {
  const parts = { sign: '', symbol: '', whole: '', fraction: '' }
  for (const { type, value } of yuanFormat(fen, language).formatToParts(fen / 100)) {
    if (type === 'minusSign') parts.sign = value
    else if (type === 'currency') parts.symbol = value
    else if (type === 'decimal' || type === 'fraction') parts.fraction += value
    else if (type === 'integer' || type === 'group') parts.whole += value
  }
  return parts
}

export type FenParts = { sign: string; symbol: string; whole: string; fraction: string }

/** Money as it is read aloud: `12.9人民币`, `12.9 Chinese yuan`. */
export function spokenFen(fen: number, language: Language): string {
  const options = { currencyDisplay: 'name', minimumFractionDigits: 0 } as const
  return numberFormat(language, { style: 'currency', currency: 'CNY', ...options }).format(
    fen / 100,
  )
}

/** A count for a badge: exact below ten thousand (zh) or one thousand (en), then `1.2万` / `12.3K`. */
export function formatCount(count: number, language: Language): string {
  const exactMax = language === 'zh-CN' ? 9999 : 999
  if (count <= exactMax) return numberFormat(language, { useGrouping: false }).format(count)
  return numberFormat(language, { notation: 'compact', maximumFractionDigits: 1 }).format(count)
}

const agoSteps = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
] as const
const agoDaysMax = 7

/** `刚刚`-style distance for the last seven days (`3 minutes ago`), the date before that. */
export function formatAgo(at: Instant, tag: string, now: Instant = Date.now()): string {
  const elapsedMs = toMs(now) - toMs(at)
  if (Math.abs(elapsedMs) > agoDaysMax * 86_400_000) return formatDate(at, tag)
  const words = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })
  const step = agoSteps.find(({ ms }) => Math.abs(elapsedMs) >= ms)
  if (!step) return words.format(0, 'second')
  return words.format(-Math.trunc(elapsedMs / step.ms), step.unit)
}

/** An instant: ISO text as it comes over the wire, epoch milliseconds, or a Date. */
export type Instant = string | number | Date

/**
 * `2026/03/01 20:05` / `Mar 1, 2026, 20:05` / `1 Mar 2026, 20:05`, in the reader's time zone. Dates
 * are written as the tag's region does: `en-GB` is not `en`.
 */
export function formatDateTime(at: Instant, tag: string): string {
  return dateFormat(tag, {
    ...(tag === 'zh-CN' ? zhDate : enDate),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(toMs(at))
}

export function formatDate(at: Instant, tag: string): string {
  return dateFormat(tag, tag === 'zh-CN' ? zhDate : enDate).format(toMs(at))
}

/** Clock time only, `20:05`. */
export function formatTime(at: Instant, tag: string): string {
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  return dateFormat(tag, options).format(toMs(at))
}

/** A running time as a clock: `4:07`, `1:02:09`. */
export function formatDuration(durationMs: number): string {
  const totalSec = Math.max(0, Math.floor(durationMs / 1000))
  const hours = Math.floor(totalSec / 3600)
  const minutes = Math.floor((totalSec % 3600) / 60)
  const seconds = pad(totalSec % 60)
  return hours > 0 ? `${hours}:${pad(minutes)}:${seconds}` : `${minutes}:${seconds}`
}

/** A rate in basis points as a percentage: 1250 → `12.5%`. */
export function formatBasisPoints(rate: number, language: Language): string {
  return numberFormat(language, { style: 'percent', maximumFractionDigits: 2 }).format(rate / 1e4)
}

/** Every digit, `13,540`. */
export const formatNumber = (value: number, language: Language): string =>
  numberFormat(language, {}).format(value)

/** Names one after another: `茶、杯` / `tea, cup`. */
export const formatList = (names: Iterable<string>, language: Language): string =>
  [...names].join(language === 'zh-CN' ? '、' : ', ')

const zhDate = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
const enDate = { year: 'numeric', month: 'short', day: 'numeric' } as const

const yuanFormat = (fen: number, language: Language) =>
  numberFormat(language, {
    style: 'currency',
    currency: 'CNY',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: fen % 100 === 0 ? 0 : 2,
  })

const toMs = (at: Instant): number => (at instanceof Date ? at : new Date(at)).getTime()
const pad = (value: number): string => String(value).padStart(2, '0')

// Building an Intl formatter costs about a hundred times as much as using one.
function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options)
  const known = numberFormats.get(key) ?? new Intl.NumberFormat(language, options)
  numberFormats.set(key, known)
  return known
}

function dateFormat(tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = tag + JSON.stringify(options)
  const known = dateFormats.get(key) ?? new Intl.DateTimeFormat(tag, options)
  dateFormats.set(key, known)
  return known
}
