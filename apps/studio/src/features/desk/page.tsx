import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { Loading } from '../../shell/loading.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { StudioPage } from '../../shell/studio-page.tsx'
import { useMyShop } from '../account/my-shop.tsx'
import { sessionKey } from '../sessions/keys.ts'
import { ControlDesk } from './control-desk.tsx'

/** The desk of a session of my shop; another shop's session is not found. */
export function DeskPage({ liveId }: { liveId: string }) {
  const t = useT()
  const shop = useMyShop()
  const session = useQueryOf(sessionKey(shop.id, liveId), () =>
    api.live.session({ shopId: shop.id, id: liveId }),
  )
  if (session.data) return <ControlDesk shop={shop} session={session.data} />
  if (!session.error) return <Loading />
  return (
    <StudioPage title={t('desk.title')} back="/">
      <QueryError of={session} />
    </StudioPage>
  )
}
