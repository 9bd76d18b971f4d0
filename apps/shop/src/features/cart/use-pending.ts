import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { Patch } from './model.ts'

type Marked = Patch & { mark: number }
type Change = { skuIds: readonly string[]; patch: Patch; send: () => Promise<unknown> }

/** A quantity is sent when the finger rests. */
const restMs = 400

/**
 * Changes show at once and are sent one after the other; what the server then says replaces them.
 * A refusal is told, and the cart is as it was.
 */
export function usePending() {
  const cache = useQueryClient()
  const sentence = useErrorSentence()
  const [pending, setPending] = useState<Readonly<Record<string, Marked>>>({})
  const queue = useRef<Promise<unknown>>(Promise.resolve())
  const resting = useRef(new Map<string, { timer: number; start: () => void }>())
  const lastMark = useRef(0)

  const show = ({ skuIds, patch }: Change): number => {
    const mark = ++lastMark.current
    setPending(before => ({
      ...before,
      ...Object.fromEntries(skuIds.map(id => [id, { ...before[id], ...patch, mark }])),
    }))
    return mark
  }
  const start = ({ skuIds, send }: Change, mark: number) => {
    queue.current = queue.current
      .then(send)
      .catch(error => toast.error(sentence(error)))
      .then(() => cache.invalidateQueries({ queryKey: ['cart'] }))
      .then(() => setPending(before => settled(before, skuIds, mark)))
  }
  const flush = useEffectEvent(() => {
    for (const { timer, start: startNow } of resting.current.values()) {
      clearTimeout(timer)
      startNow()
    }
    resting.current.clear()
  })
  useEffect(() => () => flush(), [])
  return {
    pending,
    /** Shows and sends. */
    run: (change: Change) => start(change, show(change)),
    /** Shows at once and sends the last of several under the same key. */
    runAtRest(key: string, change: Change): void {
      const mark = show(change)
      const startNow = () => {
        resting.current.delete(key)
        start(change, mark)
      }
      clearTimeout(resting.current.get(key)?.timer)
      resting.current.set(key, { timer: window.setTimeout(startNow, restMs), start: startNow })
    },
  }
}

/** Without what was shown for a change, unless a later one took its place. */
function settled(
  pending: Readonly<Record<string, Marked>>,
  skuIds: readonly string[],
  mark: number,
): Readonly<Record<string, Marked>> {
  const isOver = ([id, patch]: [string, Marked]) => skuIds.includes(id) && patch.mark === mark
  return Object.fromEntries(Object.entries(pending).filter(entry => !isOver(entry)))
}
