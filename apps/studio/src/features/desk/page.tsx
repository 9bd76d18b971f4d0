import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { Loading } from '../../shell/loading.tsx'
import { NotFoundPage } from '../../shell/not-found.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { StudioPage } from '../../shell/studio-page.tsx'
import { may } from '../account/model.ts'
import { useMyShop } from '../account/my-shop.tsx'
import { roomKey, sessionKey } from '../sessions/keys.ts'
import { ControlDesk } from './control-desk.tsx'

/** The desk of a session of my shop; another shop's session is not found. */
export function DeskPage({ liveId }: { liveId: string }) {
  const shop = useMyShop()
  return may(shop, 'live.read') ? <OwnDesk liveId={liveId} /> : <ModeratorDesk liveId={liveId} />
}

function OwnDesk({ liveId }: { liveId: string }) {
  const shop = useMyShop()
  const session = useQueryOf(sessionKey(shop.id, liveId), () =>
    api.live.session({ shopId: shop.id, id: liveId }),
  )
  if (session.data) return <ControlDesk shop={shop} show={session.data} />
  return session.error ? <Problem of={session} /> : <Loading />
}

/** Moderators know the session as viewers do. */
function ModeratorDesk({ liveId }: { liveId: string }) {
  const shop = useMyShop()
  const room = useQueryOf(roomKey(liveId), () => api.live.room({ id: liveId }))
  if (!room.data) return room.error ? <Problem of={room} /> : <Loading />
  if (room.data.shop.id !== shop.id) return <NotFoundPage />
  return <ControlDesk shop={shop} show={{ ...room.data, rtmpUrl: null, reopenUntil: null }} />
}

function Problem({ of }: Parameters<typeof QueryError>[0]) {
  const t = useT()
  return (
    <StudioPage title={t('desk.title')} back="/">
      <QueryError of={of} />
    </StudioPage>
  )
}
