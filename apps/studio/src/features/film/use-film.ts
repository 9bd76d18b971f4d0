import { newId } from '@kaibo/kernel/ids'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useEffect, useEffectEvent } from 'react'
import { isAnyComing, type Plan } from './model.ts'

const lookEveryMs = 1_500

type Place = { shopId: string; liveId: string }
export type Film = ReturnType<typeof useFilm>

/** What is kept of a show, how viewers see it, and what was cut out of it. */
export function useFilm({ shopId, liveId }: Place) {
  const at = { shopId, id: liveId }
  const recordingKey = ['recording', shopId, liveId]
  const replayKey = ['replay', shopId, liveId]
  const clipsKey = ['clips', shopId, liveId]
  const recording = useQueryOf(recordingKey, () => api.recording.recording(at))
  const replay = useQueryOf(replayKey, () => api.recording.preview(at))
  const clips = useQueryOf(clipsKey, () => api.clip.list(at))
  const isMaking = recording.data?.state === 'recording' || recording.data?.state === 'making'
  useLookAgain(isMaking || isAnyComing(clips.data?.items ?? []), () =>
    Promise.all([clips.refetch(), ...(isMaking ? [recording.refetch(), replay.refetch()] : [])]),
  )
  const refresh = [clipsKey]
  return {
    ...{ recording, replay, clips },
    set: useActionOf(
      (change: { isPublic?: boolean; mayDownload?: boolean }) =>
        api.recording.set({ ...at, ...change }),
      { refresh: [recordingKey, replayKey] },
    ),
    cut: useActionOf((plan: Plan) => api.clip.create({ ...at, ...plan, clipId: newId() }), {
      refresh,
    }),
    publish: useActionOf(
      (change: { id: string; isPublished: boolean }) => api.clip.update({ shopId, ...change }),
      { refresh },
    ),
    again: useActionOf(
      (clip: { id: string; mode: Plan['mode'] }) => api.clip.again({ shopId, ...clip }),
      { refresh },
    ),
    remove: useActionOf((id: string) => api.clip.remove({ shopId, id }), { refresh }),
  }
}

/** Looks again and again as long as something is under way. */
function useLookAgain(isUnderWay: boolean, look: () => Promise<unknown>): void {
  const lookNow = useEffectEvent(look)
  useEffect(() => {
    if (!isUnderWay) return
    const timer = setInterval(() => void lookNow(), lookEveryMs)
    return () => clearInterval(timer)
  }, [isUnderWay])
}
