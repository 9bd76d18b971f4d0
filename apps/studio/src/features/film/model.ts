import type { Clip, ClipSuggestion } from '@kaibo/contract/media/clip'
import type { ClipMode } from '@kaibo/contract/media/clip-life'
import type { ReplayProduct } from '@kaibo/contract/media/recording'
import type { Chapter } from '@kaibo/ui/replay/seek-bar.tsx'

/** As in the contract, whose schemas are too heavy for a page. */
export const clipMsMin = 1_000
export const clipMsMax = 180_000
export const titleMax = 40

/** A clip that is not cut yet. */
export type Plan = {
  title: string
  productId: string | null
  fromMs: number
  toMs: number
  mode: ClipMode
}

/** What a new clip begins as: half a minute from where the film stands. */
const firstMs = 30_000
export const planAt = (atMs: number, durationMs: number): Plan => {
  const fromMs = Math.max(0, Math.min(Math.floor(atMs), durationMs - clipMsMin))
  return {
    title: '',
    productId: null,
    fromMs,
    toMs: Math.min(durationMs, fromMs + firstMs),
    mode: 'copy',
  }
}

/** An explanation as a clip of its product. */
export const planOf = ({ title, productId, fromMs, toMs }: ClipSuggestion): Plan => ({
  ...{ productId, fromMs, toMs, mode: 'copy' },
  title: title.slice(0, titleMax),
})

/** An end of a clip, and where it is moved to. */
type Move = { end: 'from' | 'to'; ms: number }

/** Moves one end; the other one goes along where the clip would be empty or too long. */
export function movedEnd(plan: Plan, { end, ms }: Move, durationMs: number): Plan {
  if (end === 'from') {
    const fromMs = within(ms, 0, durationMs - clipMsMin)
    return { ...plan, fromMs, toMs: within(plan.toMs, fromMs + clipMsMin, fromMs + clipMsMax) }
  }
  const toMs = within(ms, clipMsMin, durationMs)
  return { ...plan, toMs, fromMs: within(plan.fromMs, toMs - clipMsMax, toMs - clipMsMin) }
}

const within = (ms: number, min: number, max: number) =>
  Math.round(Math.max(Math.max(0, min), Math.min(ms, max)))

/** Why a plan cannot be cut; null = it can. */
export const planProblem = ({ title, fromMs, toMs }: Plan): 'title' | 'span' | null => {
  if (title.trim() === '') return 'title'
  return toMs - fromMs < clipMsMin || toMs - fromMs > clipMsMax ? 'span' : null
}

/** Whether somebody still waits for one of these clips. */
export const isAnyComing = (clips: readonly Clip[]): boolean =>
  clips.some(({ state }) => state === 'waiting' || state === 'cutting')

/** Explanations as the seek bar shows them. */
export const chaptersOf = (products: readonly ReplayProduct[]): Chapter[] =>
  products
    .flatMap(({ product, explains }) =>
      explains.map(({ fromMs, toMs }) => ({
        ...{ id: `${product.id}-${fromMs}`, title: product.title, fromMs, toMs },
      })),
    )
    .toSorted((a, b) => a.fromMs - b.fromMs)
