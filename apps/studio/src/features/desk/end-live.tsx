import type { LiveRoom } from '@kaibo/contract/show/live'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { RecordedAs } from '../guard/recorded-as.tsx'
import { roomKey, sessionsKey } from '../sessions/keys.ts'
import type { Show } from '../sessions/model.ts'

/** Ends the show for everybody, after a question; then its recap. */
export function EndLive({ shopId, show }: { shopId: string; show: Show }) {
  const t = useT()
  const [, go] = useLocation()
  const [isAsking, setAsking] = useState(false)
  const cache = useQueryClient()
  const end = useActionOf(
    () => {
      // The picture is let go first: the player would run after a stream that is being cut.
      cache.setQueryData<LiveRoom>(roomKey(show.id), room => room && { ...room, play: null })
      return api.live.end({ shopId, id: show.id })
    },
    {
      refresh: [sessionsKey(shopId)],
      onDone: () => go(`/live/${show.id}/recap`),
      onRefused: () => {
        void cache.invalidateQueries({ queryKey: roomKey(show.id) })
        return false
      },
    },
  )
  const aired = show.startedAt !== null
  return (
    <>
      <Button tone="danger" onClick={() => setAsking(true)}>
        {t('desk.end')}
      </Button>
      <Dialog
        open={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => end.run(undefined)}
        busy={end.busy}
        tone="danger"
        title={t('desk.endTitle')}
        confirmLabel={t('desk.endConfirm')}
        cancelLabel={t('desk.endCancel')}
      >
        <p>{t(aired ? 'desk.endBody' : 'desk.endUnaired')}</p>
        <RecordedAs />
      </Dialog>
    </>
  )
}
