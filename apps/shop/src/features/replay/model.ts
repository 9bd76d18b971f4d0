import type { ReplayComment, ReplayProduct } from '@kaibo/contract/media/recording'
import type { Bag } from '@kaibo/contract/show/showcase'

/** One explanation on the time line; a product explained twice is two chapters. */
export type Chapter = {
  id: string
  number: number
  title: string
  product: ReplayProduct['product']
  fromMs: number
  toMs: number
}

/** The explanations of a replay in the order in which they happened. */
export const chaptersOf = (products: readonly ReplayProduct[]): Chapter[] =>
  products
    .flatMap(({ number, product, explains }) =>
      explains.map(({ fromMs, toMs }) => ({
        id: `${product.id}-${fromMs}`,
        number: number ?? 0,
        title: product.title,
        product,
        fromMs,
        toMs,
      })),
    )
    .toSorted((a, b) => a.fromMs - b.fromMs)

/** What is explained at a moment. */
export const chapterAt = (chapters: readonly Chapter[], atMs: number): Chapter | undefined =>
  chapters.findLast(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs)

/** A chapter that began a moment ago is the one that "previous" leaves. */
const justBegunMs = 3_000

/** Where "next" and "previous" lead from a moment; undefined when there is nothing there. */
export function neighbour(
  chapters: readonly Chapter[],
  atMs: number,
  way: 'next' | 'previous',
): number | undefined {
  const starts = chapters.map(({ fromMs }) => fromMs)
  return way === 'next'
    ? starts.find(fromMs => fromMs > atMs)
    : starts.findLast(fromMs => fromMs < atMs - justBegunMs)
}

/** The bag of a replay as rooms know it: what left it is a chapter, but cannot be picked. */
export function bagOf(products: readonly ReplayProduct[], now: Chapter | undefined): Bag {
  const items = products
    .flatMap(({ number, product }) => (number === null ? [] : { number, product }))
    .toSorted((a, b) => a.number - b.number)
  const item = items.find(({ product }) => product.id === now?.product.id)
  return { version: 0, items, explaining: item && now ? { item, since: now.id } : null }
}

/** Comments are fetched a minute at a time. */
export const windowMs = 60_000
/** The next minute is fetched when this much of the present one is left. */
const aheadMs = 15_000

/** The minutes of comments that a moment needs. */
export function windowsAt(atMs: number, durationMs: number): number[] {
  const now = Math.floor(atMs / windowMs)
  const last = Math.floor(Math.max(0, durationMs - 1) / windowMs)
  const isNear = (now + 1) * windowMs - atMs <= aheadMs
  return isNear && now < last ? [now, now + 1] : [now]
}

/** A picture moves on by a little; anything else is a jump. */
const jumpMs = 2_500
/** Of what was said before a moment this much is shown after a jump to it. */
export const backlogMax = 12

/** What was said since the last look; after a jump what stands there, from the beginning. */
export function saidBetween(
  comments: readonly ReplayComment[],
  { fromMs, atMs }: { fromMs: number | null; atMs: number },
): { isJump: boolean; said: ReplayComment[] } {
  const isJump = fromMs === null || atMs < fromMs || atMs - fromMs > jumpMs
  const said = comments.filter(each => each.atMs <= atMs && (isJump || each.atMs > fromMs))
  return { isJump, said: isJump ? said.slice(-backlogMax) : said }
}

export const rates = [0.75, 1, 1.25, 1.5, 2] as const

/** The moment that an address asks for, such as of a clip; 0 unless it is one. */
export function startMsIn(search: string): number {
  const at = Number(new URLSearchParams(search).get('at'))
  return Number.isSafeInteger(at) && at > 0 ? at : 0
}

/** Whether an address is the one of shops, which also shows what they hide. */
export const isPreviewIn = (search: string): boolean => new URLSearchParams(search).has('preview')

/** The signed part of a playlist's address: it opens the comments of a hidden replay as well. */
export const ticketIn = (playUrl: string | undefined): string | undefined =>
  (playUrl && new URL(playUrl, 'http://here').searchParams.get('t')) || undefined

/** The page of a replay, from a moment on. */
export const replayPath = (liveId: string, atMs = 0): string =>
  `/live/${liveId}/replay${atMs > 0 ? `?at=${Math.floor(atMs)}` : ''}`
