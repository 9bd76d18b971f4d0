import type { LiveSession } from '@kaibo/contract/show/live'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useLocation } from 'wouter'
import { roomKey, sessionKey, sessionsKey } from './keys.ts'

type GoOnProps = { shopId: string; session: Pick<LiveSession, 'id' | 'reopenUntil'> }

/** Goes on with a show that ended by mistake, or because its host was away: nothing where it is too late. */
export function GoOn({ shopId, session: { id, reopenUntil } }: GoOnProps) {
  const t = useT()
  const format = useFormat()
  const [, go] = useLocation()
  const { run, busy } = useActionOf(() => api.live.reopen({ shopId, id }), {
    refresh: [sessionsKey(shopId), sessionKey(shopId, id), roomKey(id)],
    onDone: () => go(`/live/${id}`),
  })
  if (!reopenUntil) return null
  return (
    <Button icon="live" busy={busy} onClick={() => run(undefined)}>
      {t('sessions.goOn', { at: format.time(reopenUntil) })}
    </Button>
  )
}
