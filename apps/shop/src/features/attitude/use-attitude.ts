import type { Attitude, AttitudeView } from '@kaibo/contract/show/attitude'
import { topics } from '@kaibo/contract/show/topics'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useSignedIn } from '../sign-in/sheet.tsx'
import { shownAfter, wantedBy } from './model.ts'

/** What I think of a room and how many approve; a press answers at once. */
export function useAttitude(liveId: string) {
  const { user } = useMe()
  const cache = useQueryClient()
  const whenSignedIn = useSignedIn()
  const key = ['attitude', liveId, user?.id ?? null]
  const query = useQueryOf(key, () => api.attitude.view({ liveId }), {
    enabled: user !== undefined,
  })
  const show = (view: AttitudeView) => cache.setQueryData(key, view)
  useTopic(topics.live(liveId), {
    onSocial(message) {
      if (message.t === 'live.attitude' && query.data)
        show({ ...query.data, upCount: message.upCount })
    },
    onResync: query.refetch,
  })
  const set = useActionOf((attitude: Attitude | null) => api.attitude.set({ liveId, attitude }), {
    onDone: show,
    onRefused() {
      void query.refetch()
      return false
    },
  })
  return {
    view: query.data,
    press: (pressed: Attitude) =>
      whenSignedIn(() => {
        if (!query.data) return
        const wanted = wantedBy(query.data, pressed)
        if (user) show(shownAfter(query.data, wanted))
        set.run(wanted)
      }),
  }
}
