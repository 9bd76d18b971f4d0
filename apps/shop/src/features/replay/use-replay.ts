import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useEffect, useEffectEvent, useState } from 'react'

const askEveryMs = 1_500
/** Right after the end nobody may have begun to make it. */
const freshMs = 30_000

/** What is known of a session's end: null while it is not over. */
type End = { endedAt: string; now: string } | null

/**
 * The replay of a session; while it is being made it is asked for again and again. `shopId`: as this
 * shop sees it, which may hide it from everybody else.
 */
export function useReplay(liveId: string, end: End, shopId?: string) {
  const query = useQueryOf(
    ['replay', liveId, shopId ?? ''],
    () => {
      const shown = () => api.recording.replay({ id: liveId })
      // Who is not of the shop sees what everybody sees.
      return shopId ? api.recording.preview({ shopId, id: liveId }).catch(shown) : shown()
    },
    { enabled: end !== null },
  )
  const state = query.data?.state
  const isFresh = end !== null && Date.parse(end.now) - Date.parse(end.endedAt) < freshMs
  const [isLate, setLate] = useState(false)
  const mayCome = state === 'making' || (state === 'none' && isFresh && !isLate)
  const ask = useEffectEvent(() => void query.refetch())
  useEffect(() => {
    if (!mayCome) return
    const timer = setInterval(() => ask(), askEveryMs)
    // What nobody makes now will not come any more.
    const stop = setTimeout(() => {
      clearInterval(timer)
      setLate(true)
    }, freshMs * 2)
    return () => {
      clearInterval(timer)
      clearTimeout(stop)
    }
  }, [mayCome])
  return { ...query, isComing: mayCome }
}
